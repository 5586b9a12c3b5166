/** Compares dead letters with their expected outcomes. */
@NullMarked
package io.wager.consumer.reconcile.letter;

import org.jspecify.annotations.NullMarked;
