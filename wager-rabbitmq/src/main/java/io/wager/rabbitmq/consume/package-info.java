/** Delivery in batches: fetching from the broker, bounding what is held, settling messages. */
@NullMarked
package io.wager.rabbitmq.consume;

import org.jspecify.annotations.NullMarked;
