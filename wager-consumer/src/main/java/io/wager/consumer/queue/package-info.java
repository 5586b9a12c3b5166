/** The common parts of all consumers of a queue: start and stop, pauses, retries. */
@NullMarked
package io.wager.consumer.queue;

import org.jspecify.annotations.NullMarked;
