/** Tests of the accepted wagers. */
@NullMarked
package io.wager.consumer.reconcile.accepted;

import org.jspecify.annotations.NullMarked;
