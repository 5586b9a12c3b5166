package io.wager.api.requeuejob;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds a job to its rate. Begins with one message and never saves up more than a tenth of a second's, so that neither a
 * start, nor a pause, nor another instance that goes on is followed by a burst. For one thread.
 */
final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SAVED_SECONDS = 0.1;

    private final @Nullable Integer ratePerSecond;
    private final LongSupplier nanos;
    private double saved = 1;
    private long countedUntil;

    Pace(@Nullable Integer ratePerSecond, LongSupplier nanos) {
        this.ratePerSecond = ratePerSecond;
        this.nanos = nanos;
        this.countedUntil = nanos.getAsLong();
    }

    /** How many may be sent now, up to what is wanted. */
    int allowed(int wanted) {
        if (ratePerSecond == null) {
            return wanted;
        }
        var now = nanos.getAsLong();
        var most = Math.max(1, ratePerSecond * SAVED_SECONDS);
        saved = Math.min(most, saved + (now - countedUntil) / NANOS_PER_SECOND * ratePerSecond);
        countedUntil = now;
        return (int) Math.min(wanted, Math.floor(saved));
    }

    void spent(int messages) {
        saved -= messages;
    }
}
