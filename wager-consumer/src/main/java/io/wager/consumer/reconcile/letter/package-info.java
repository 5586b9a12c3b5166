/** Compares dead letters with what they should have led to. */
@NullMarked
package io.wager.consumer.reconcile.letter;

import org.jspecify.annotations.NullMarked;
