/** What operators do to dead letters: requeue them, edit them, discard them, take that back. */
@NullMarked
package io.wager.api.repair;

import org.jspecify.annotations.NullMarked;
