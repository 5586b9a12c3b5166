package io.wager.api.http;

import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The part of the {@link MemoryBudget} that one body has. Taken by the request's thread, which waits for room, all in all no
 * longer than {@code wager.http.memory-wait}; given back once by whoever is last. The client is held back meanwhile, since nothing of
 * the body is read; to refuse it at once would only have it send the same again.
 */
final class BodyRoom {

    /** A confirm takes some milliseconds, and hundreds of bodies may be waiting. */
    private static final long SHORTEST_PAUSE_MILLIS = 25;

    private final MemoryBudget budget;
    private final Duration longestWait;

    /** What is to be given back in the end. Written before the first publish, by the request's thread. */
    private long taken;

    private long waitedMillis;

    BodyRoom(MemoryBudget budget, Duration longestWait) {
        this.budget = budget;
        this.longestWait = longestWait;
    }

    /**
     * Waits until a body of this size would find room, and takes nothing.
     *
     * @throws ProblemException with status 503 if there is none for too long
     */
    void awaitFor(long bodyBytes) {
        await(() -> budget.hasRoomFor(bodyBytes));
    }

    /**
     * Takes what a body of this size weighs, less what is taken already.
     *
     * @param size the bytes that are to be held of the body
     * @param bodyBytes the size of the whole body, as far as it is known
     * @throws ProblemException with status 503 if there is no room for too long
     */
    void take(long size, long bodyBytes) {
        var more = MemoryBudget.weightOf(size) - taken;
        if (more > 0) {
            await(() -> budget.tryTake(more, Math.max(size, bodyBytes)));
            taken += more;
        }
    }

    /**
     * Takes bytes for a while, beside what the body weighs.
     *
     * @param bytes how many
     * @param bodyBytes the size of the body that they are for
     * @throws ProblemException with status 503 if there is no room for too long
     */
    void takeAside(long bytes, long bodyBytes) {
        await(() -> budget.tryTake(bytes, bodyBytes));
    }

    /** Gives back what was taken aside. */
    void giveBackAside(long bytes) {
        budget.giveBack(bytes);
    }

    /** Gives back what the body weighs. To be called once. */
    void giveBack() {
        if (taken > 0) {
            budget.giveBack(taken);
        }
    }

    /** Looks again and again, so that whoever gives room back has nobody to wake. */
    private void await(BooleanSupplier attempt) {
        while (!attempt.getAsBoolean()) {
            if (waitedMillis >= longestWait.toMillis()) {
                throw noRoom();
            }
            var pause = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, 3 * SHORTEST_PAUSE_MILLIS);
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw noRoom();
            }
            waitedMillis += pause;
        }
    }

    private ProblemException noRoom() {
        budget.refused();
        return new ProblemException(
                ProblemType.BODIES_SATURATED,
                "The bodies in progress leave no room for this one. Send the same again: repeats are safe.");
    }
}
