/** Finds the fate of the wagers that a client believes accepted. */
@NullMarked
package io.wager.consumer.reconcile.accepted;

import org.jspecify.annotations.NullMarked;
