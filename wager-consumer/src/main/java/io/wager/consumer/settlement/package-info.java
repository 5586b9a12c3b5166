/** Stores batches in the database, and distinguishes poison from a failing system. */
@NullMarked
package io.wager.consumer.settlement;

import org.jspecify.annotations.NullMarked;
