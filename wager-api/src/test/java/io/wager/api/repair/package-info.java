/** What operators do to one dead letter. */
@NullMarked
package io.wager.api.repair;

import org.jspecify.annotations.NullMarked;
