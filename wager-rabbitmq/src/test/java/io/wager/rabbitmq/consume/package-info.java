/** Tests of the transport on a real broker. */
@NullMarked
package io.wager.rabbitmq.consume;

import org.jspecify.annotations.NullMarked;
