/** What people did. */
@NullMarked
package io.wager.api.audit;

import org.jspecify.annotations.NullMarked;
