package io.wager.consumer.deadletter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Counts the outcomes of messages of the dead-letter queue, and of dead letters in the archive. Whenever no batch is in hand,
 *
 * <pre>
 * wager.dead.letters.received = wager.dead.letters.archived (all reasons) + wager.dead.letters.failed.again
 *                             + wager.dead.letters.known + wager.dead.letters.returned
 * rows of dead_letter         = wager.dead.letters.archived (all reasons) - wager.dead.letters.deleted (all statuses)
 * </pre>
 *
 * <p>The second holds for the sums over all instances and restarts, apart from letters that a crash between a commit and the counter left
 * uncounted. A redelivered message counts again on both sides of the first, because its failure is known then.
 */
@Component
public class DeadLetterMetrics {

    private final Counter received;
    private final Map<DeadLetterReason, Counter> archived;
    private final Counter failedAgain;
    private final Counter known;
    private final Counter returned;
    private final Counter retries;
    private final Counter resolved;
    private final Map<DeadLetterStatus, Counter> deleted;

    /**
     * Registers the meters.
     *
     * @param registry gets the meters
     */
    public DeadLetterMetrics(MeterRegistry registry) {
        received = counter(registry, "received", "Messages taken off the dead-letter queue, redeliveries included");
        archived = Arrays.stream(DeadLetterReason.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        reason -> Counter.builder("wager.dead.letters.archived")
                                .description("Dead letters that were added to the archive")
                                .tag("reason", reason.wireForm())
                                .register(registry),
                        (one, other) -> one,
                        () -> new EnumMap<>(DeadLetterReason.class)));
        failedAgain = counter(
                registry,
                "failed.again",
                "Failures, after a requeue or another publishing, of letters that were archived");
        known = counter(registry, "known", "Messages whose failure was archived before");
        returned = counter(
                registry, "returned", "Messages left to be delivered again, because they could not be archived yet");
        retries = counter(registry, "retries", "Transactions of the archive that failed and were tried again");
        resolved =
                counter(registry, "resolved", "Dead letters whose wager was stored, or found stored, after a requeue");
        deleted = Stream.of(DeadLetterStatus.RESOLVED, DeadLetterStatus.DISCARDED)
                .collect(Collectors.toMap(
                        Function.identity(),
                        status -> Counter.builder("wager.dead.letters.deleted")
                                .description("Dead letters that were deleted after their retention")
                                .tag("status", status.wireForm())
                                .register(registry),
                        (one, other) -> one,
                        () -> new EnumMap<>(DeadLetterStatus.class)));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("wager.dead.letters." + name)
                .description(description)
                .register(registry);
    }

    /**
     * Counts letters that the store resolved, after its commit.
     *
     * @param letters how many
     */
    public void resolved(int letters) {
        resolved.increment(letters);
    }

    void received(int messages) {
        received.increment(messages);
    }

    void settled(DeadLetterFailure failure, ArchiveOutcome outcome) {
        switch (outcome) {
            case ARCHIVED ->
                Objects.requireNonNull(archived.get(failure.reason())).increment();
            case FAILED_AGAIN -> failedAgain.increment();
            case KNOWN -> known.increment();
        }
    }

    void returned(int messages) {
        returned.increment(messages);
    }

    void retried() {
        retries.increment();
    }

    void deleted(DeadLetterStatus status, int letters) {
        Objects.requireNonNull(deleted.get(status)).increment(letters);
    }
}
