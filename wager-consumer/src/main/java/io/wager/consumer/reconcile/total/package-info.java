/** Compares the totals of players and their days with the wagers, and rebuilds them. */
@NullMarked
package io.wager.consumer.reconcile.total;

import org.jspecify.annotations.NullMarked;
