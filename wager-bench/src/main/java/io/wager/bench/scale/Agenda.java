package io.wager.bench.scale;

import java.util.PriorityQueue;

/** What happens when, in simulated microseconds. Things of one time happen in the order in which they were entered. */
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private double now;
    private long entered;

    double now() {
        return now;
    }

    void in(double micros, Runnable action) {
        entries.add(new Entry(now + micros, entered++, action));
    }

    /** Lets everything happen until a time. */
    void runUntil(double end) {
        while (!entries.isEmpty() && entries.peek().at <= end) {
            var entry = entries.remove();
            now = entry.at;
            entry.action.run();
        }
        now = end;
    }

    private record Entry(double at, long number, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            var byTime = Double.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }
}
