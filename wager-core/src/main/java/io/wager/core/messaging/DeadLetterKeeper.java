package io.wager.core.messaging;

import java.util.List;

/**
 * A place for dead letters that can't be published, because the transport takes no messages or can't be reached. It makes them as durable
 * as their queue would. It is optional; without one such letters wait for the transport.
 */
@FunctionalInterface
public interface DeadLetterKeeper {

    /**
     * Keeps letters, all or none. It tries once, and may block for as long as that takes. A letter may have been published all the same,
     * and may come more than once: keeping it again must change nothing.
     *
     * @param letters at least one, each as it was to be published to {@link Topology#DEAD_LETTERS}
     * @return true once all of them are committed; false if that is not known of any; they are then offered again later, in smaller lists
     */
    boolean keep(List<Message> letters);
}
