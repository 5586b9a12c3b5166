package io.wager.standalone.queue;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;

/**
 * A message with its place in a queue.
 *
 * @param id its row; rows are numbered in the order in which they are committed
 * @param origin where it was published to
 * @param message the message
 */
record StoredMessage(long id, Destination origin, Message message) {

    int bytes() {
        return message.body().length;
    }
}
