package io.wager.core.messaging;

import java.util.List;

/**
 * A place for dead letters that can't be published, since the transport takes nothing or can't be reached: what keeps them makes
 * them as durable as their queue would have. Optional; without one such letters wait for the transport.
 */
@FunctionalInterface
public interface DeadLetterKeeper {

    /**
     * Keeps letters, all or none. Tries once, and may block for as long as that takes. A letter may have been published all the same,
     * and may be given here more than once: keeping it again must change nothing.
     *
     * @param letters at least one, each as it was to be published to {@link Topology#DEAD_LETTERS}
     * @return true once all of them are committed; false if nothing is known of any, after which they are offered again later, in
     *     smaller lists
     */
    boolean keep(List<Message> letters);
}
