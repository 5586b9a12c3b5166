/** The findings and the progress of a reconciliation. */
@NullMarked
package io.wager.consumer.reconcile.finding;

import org.jspecify.annotations.NullMarked;
