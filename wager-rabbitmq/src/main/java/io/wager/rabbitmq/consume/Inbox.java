package io.wager.rabbitmq.consume;

import io.wager.core.messaging.BatchSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Messages that wait to be handled, suspects apart from the others. Guarded by its owner's lock. */
final class Inbox {

    private final BatchSettings settings;
    private final Deque<Received> ordinary = new ArrayDeque<>();
    private final List<Received> suspects = new ArrayList<>();
    private long bodyBytes;

    Inbox(BatchSettings settings) {
        this.settings = settings;
    }

    void add(Received message, boolean isSuspect) {
        if (isSuspect) {
            suspects.add(message);
        } else {
            ordinary.add(message);
            bodyBytes += message.body().length;
        }
    }

    /** Whether nothing waits but suspects. */
    boolean isEmpty() {
        return ordinary.isEmpty();
    }

    /** Whether there is enough for a batch. */
    boolean isFull() {
        return ordinary.size() >= settings.size() || bodyBytes >= settings.maxBytes();
    }

    /** Takes a batch, by count and by bytes; one message at least, if any waits. */
    List<Received> cut() {
        List<Received> batch = new ArrayList<>();
        var bytes = 0L;
        for (var next = ordinary.peek(); next != null && batch.size() < settings.size(); next = ordinary.peek()) {
            bytes += next.body().length;
            if (!batch.isEmpty() && bytes > settings.maxBytes()) {
                break;
            }
            ordinary.remove();
            bodyBytes -= next.body().length;
            batch.add(next);
        }
        return batch;
    }

    /**
     * Takes the suspect that came back least often, so that one which always crashes the consumer comes last. By lot among equals:
     * those that stand behind it now will not stand there each time.
     *
     * @return one message, or none
     */
    List<Received> takeSuspect() {
        var least = suspects.stream().mapToInt(Received::attempt).min();
        if (least.isEmpty()) {
            return List.of();
        }
        var candidates = suspects.stream()
                .filter(message -> message.attempt() == least.getAsInt())
                .toList();
        var chosen = candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
        suspects.remove(chosen);
        return List.of(chosen);
    }

    void clear() {
        ordinary.clear();
        suspects.clear();
        bodyBytes = 0;
    }
}
