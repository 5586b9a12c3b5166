/** Delivery in batches: what is fetched from the broker, how much of it is held, and what becomes of it. */
@NullMarked
package io.wager.rabbitmq.consume;

import org.jspecify.annotations.NullMarked;
