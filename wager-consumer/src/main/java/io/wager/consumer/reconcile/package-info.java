/** The command that compares what is stored with itself, and with what clients believe. */
@NullMarked
package io.wager.consumer.reconcile;

import org.jspecify.annotations.NullMarked;
