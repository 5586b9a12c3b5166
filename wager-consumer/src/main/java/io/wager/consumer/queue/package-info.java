/** What everything that works on a queue has in common: when it begins and ends, what it waits out, what wagers are held against. */
@NullMarked
package io.wager.consumer.queue;

import org.jspecify.annotations.NullMarked;
