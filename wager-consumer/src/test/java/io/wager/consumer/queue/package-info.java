/** Tests of what everything that works on a queue has in common. */
@NullMarked
package io.wager.consumer.queue;

import org.jspecify.annotations.NullMarked;
