/** Tests of the command that reconciles. */
@NullMarked
package io.wager.consumer.reconcile;

import org.jspecify.annotations.NullMarked;
