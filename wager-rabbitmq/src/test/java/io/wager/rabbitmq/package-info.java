/** Tests of the transport on a real broker. */
@NullMarked
package io.wager.rabbitmq;

import org.jspecify.annotations.NullMarked;
