/** The transport ports on RabbitMQ: topology, publishing with confirms, delivery in batches. */
@NullMarked
package io.wager.rabbitmq;

import org.jspecify.annotations.NullMarked;
