/** Tests of the totals. */
@NullMarked
package io.wager.consumer.reconcile.total;

import org.jspecify.annotations.NullMarked;
