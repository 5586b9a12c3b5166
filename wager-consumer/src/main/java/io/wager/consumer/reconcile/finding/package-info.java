/** What a reconciliation found, and how far it has come. */
@NullMarked
package io.wager.consumer.reconcile.finding;

import org.jspecify.annotations.NullMarked;
