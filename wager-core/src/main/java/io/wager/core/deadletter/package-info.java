/** What both services say about dead letters: their identity, their statuses, and what makes two of them alike. */
@NullMarked
package io.wager.core.deadletter;

import org.jspecify.annotations.NullMarked;
