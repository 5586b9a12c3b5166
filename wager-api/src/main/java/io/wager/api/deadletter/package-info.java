/** Finds, counts, groups and shows the archived dead letters. */
@NullMarked
package io.wager.api.deadletter;

import org.jspecify.annotations.NullMarked;
