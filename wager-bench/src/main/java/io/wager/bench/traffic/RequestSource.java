package io.wager.bench.traffic;

import java.util.List;

/** Hands out what clients post. Safe for any number of threads. */
public interface RequestSource {

    /** How many wagers have been handed out. */
    int position();

    /** The next request; empty at the end. A request of one goes as a single wager. */
    List<Item> nextRequest();
}
