package io.wager.rabbitmq.consume;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tags of a channel that are neither acknowledged nor given back, in their order. Guarded by its owner's lock. */
final class Unsettled {

    private final NavigableMap<Long, Slot> slots = new TreeMap<>();

    void add(Slot slot) {
        slots.put(slot.tag(), slot);
    }

    @Nullable
    Slot get(long tag) {
        return slots.get(tag);
    }

    @Nullable
    Slot remove(long tag) {
        return slots.remove(tag);
    }

    void clear(Consumer<Slot> each) {
        slots.values().forEach(each);
        slots.clear();
    }

    /** How some of them are acknowledged, and nothing else with them. */
    Acknowledgement acknowledgement(Collection<Received> messages) {
        var tags = new HashSet<Long>();
        messages.forEach(message -> tags.add(message.tag()));
        var upTo = 0L;
        for (var tag : slots.keySet()) {
            if (!tags.remove(tag)) {
                break;
            }
            upTo = tag;
        }
        // What is left comes after the first that has to stay.
        return new Acknowledgement(upTo, List.copyOf(tags));
    }

    /**
     * How to acknowledge.
     *
     * @param upTo everything up to this tag, together; 0 for nothing
     * @param single each of these alone, since something before it has to stay
     */
    record Acknowledgement(long upTo, List<Long> single) {}

    /**
     * One tag.
     *
     * @param fetch the consumer whose prefetch it counts against
     * @param bytes what its message takes, or would take
     * @param state what is known of it
     */
    record Slot(long tag, Fetch fetch, long bytes, State state) {

        Slot parked() {
            return new Slot(tag, fetch, bytes, State.PARKED);
        }
    }

    /** What is known of a tag. */
    enum State {
        /** Held, and handled with others. */
        ORDINARY,
        /** Held, and handled alone. */
        SUSPECT,
        /** Its body was dropped. */
        SHED,
        /** It waits for its dead letter. */
        PARKED
    }
}
