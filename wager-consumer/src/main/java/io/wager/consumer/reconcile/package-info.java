/** The command that checks stored totals, dead letters, and clients' lists of accepted wagers. */
@NullMarked
package io.wager.consumer.reconcile;

import org.jspecify.annotations.NullMarked;
