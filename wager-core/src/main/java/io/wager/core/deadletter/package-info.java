/** The terms of dead letters that both services share: identity, statuses, fingerprints. */
@NullMarked
package io.wager.core.deadletter;

import org.jspecify.annotations.NullMarked;
