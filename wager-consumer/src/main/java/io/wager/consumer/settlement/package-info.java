/** Gets batches into the database, and tells poison from a system that fails. */
@NullMarked
package io.wager.consumer.settlement;

import org.jspecify.annotations.NullMarked;
