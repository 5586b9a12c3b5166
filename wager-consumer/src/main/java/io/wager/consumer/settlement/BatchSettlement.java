package io.wager.consumer.settlement;

import io.github.resilience4j.retry.Retry;
import io.wager.consumer.queue.StoreBreaker;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch in the database, with every retry that it needs, and returns the items that are to blame if some can't be stored. Safe for
 * many threads, each with its batch.
 *
 * <p>If all is well this is one transaction. A passing failure is waited out without giving the batch back, which would use up the broker's
 * delivery limit. A batch that fails for its data, or repeatedly for an unknown reason, is bisected, and each part is tried once.
 *
 * <p><b>A failure of the system is never taken for poison.</b> An item that fails alone is compared with a rehearsal, which stores a
 * made-up item in the same way and rolls it back. The item is to blame only if a rehearsal succeeds after each of its failures. If nothing
 * can be stored, not even the made-up item, the system is at fault. That is a failure of the kind {@link Kind#SYSTEM}, which opens the
 * circuit breaker and is waited out like an outage, with the same check as the probe.
 */
public final class BatchSettlement {

    private final StoreBreaker breaker;
    private final Retry outageRetry;
    private final Retry batchRetry;
    /** Once one has succeeded, a rehearsal that fails is the system's fault and not its own. */
    private volatile boolean hasRehearsed;

    /**
     * Makes a settlement.
     *
     * @param breaker holds back every transaction while the database takes none
     * @param outageRetry retries {@link Kind#PASSING} until the service stops
     * @param batchRetry retries a whole batch that fails otherwise a few times, before it is bisected
     */
    public BatchSettlement(StoreBreaker breaker, Retry outageRetry, Retry batchRetry) {
        this.breaker = breaker;
        this.outageRetry = outageRetry;
        this.batchRetry = batchRetry;
    }

    /**
     * Stores the items of a batch, apart from those that can't be stored in any way.
     *
     * @param transactions stores them; it has settled every item that is not returned
     * @param items in their order
     * @return the items that are to blame for their failures
     * @throws StoreException of a kind of {@link Kind#PASSING}, if the service stops meanwhile: the fate of items not yet settled is not
     *     known
     */
    public <T> List<Blamed<T>> settle(BatchTransactions<T> transactions, List<T> items) {
        List<Blamed<T>> blamed = new ArrayList<>();
        var isSuspicious = false;
        var left = items;
        while (!left.isEmpty()) {
            var batch = left;
            var failure = failureOf(() -> batchRetry.executeRunnable(() -> store(transactions, batch)));
            if (failure == null) {
                break;
            }
            // A failure for the data is the answer of a database that is well, unless it gives it to everything.
            var sound = failure.kind() == Kind.DATA && !isSuspicious ? batch : soundOut(transactions, batch);
            var isolation = new Isolation<>(this, transactions, sound, blamed, batch.size() - sound.size());
            left = isolation.run(failure);
            isSuspicious = true;
        }
        return blamed;
    }

    /**
     * Stores items in one transaction, and waits out passing failures.
     *
     * @param transactions stores them
     * @param items in their order
     * @throws StoreException if they fail otherwise, or if the service stops meanwhile
     */
    public <T> void store(BatchTransactions<T> transactions, List<T> items) {
        outageRetry.executeRunnable(() -> breaker.call(() -> {
            attempt(() -> transactions.store(items));
            return items;
        }));
    }

    /**
     * Whether the database takes any item.
     *
     * @param hasCommitted whether something else was committed meanwhile, which speaks against a rehearsal that has never succeeded
     */
    boolean isWell(BatchTransactions<?> transactions, boolean hasCommitted) {
        var failure = failureOf(() -> outageRetry.executeRunnable(() -> breaker.call(() -> {
            attempt(transactions::rehearse);
            return true;
        })));
        if (failure == null) {
            hasRehearsed = true;
        }
        return failure == null || (hasCommitted && !hasRehearsed);
    }

    /**
     * The failure of a step that did not pass.
     *
     * @return null if the step was well
     * @throws StoreException of a kind of {@link Kind#PASSING}
     */
    @Nullable
    StoreException failureOf(Runnable step) {
        try {
            step.run();
            return null;
        } catch (StoreException e) {
            if (Kind.PASSING.contains(e.kind())) {
                throw e;
            }
            if (e.kind() == Kind.UNKNOWN && breaker.isStopping()) {
                throw new StoreException(Kind.OUTAGE, "stopping: failed messages are given back", e);
            }
            return e;
        }
    }

    /**
     * Waits until an item of a batch can be stored, or a made-up one could be. Each check is one probe of the breaker: while everything
     * fails it stays open, longer each time.
     *
     * @return the items still to be stored
     */
    private <T> List<T> soundOut(BatchTransactions<T> transactions, List<T> items) {
        return outageRetry.executeSupplier(() -> breaker.call(() -> look(transactions, items)));
    }

    private <T> List<T> look(BatchTransactions<T> transactions, List<T> items) {
        var failure = failureOf(() -> attempt(() -> transactions.store(items)));
        if (failure == null) {
            return List.of();
        }
        if (failureOf(() -> attempt(transactions::rehearse)) == null) {
            hasRehearsed = true;
            return items;
        }
        // Two that have nothing in common, should only the rehearsal be at fault.
        var left = new ArrayList<>(items);
        for (var one : items.size() == 1 ? List.<T>of() : List.of(items.getFirst(), items.getLast())) {
            if (failureOf(() -> attempt(() -> transactions.store(List.of(one)))) == null) {
                left.remove(one);
            }
        }
        if (left.size() == items.size()) {
            throw new StoreException(Kind.SYSTEM, "every transaction fails, that of the rehearsal included", failure);
        }
        return left;
    }

    /** A crash counts as a failure of unknown kind. Failures of the JVM itself are not caught. */
    private static void attempt(Runnable transaction) {
        try {
            transaction.run();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // A stack that overflowed is free again; nothing else of the JVM is the batch's fault, or is better at the
            // next try.
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
                throw e;
            }
            throw new StoreException(Kind.UNKNOWN, "a transaction crashed", e);
        }
    }

    /**
     * An item that can't be stored.
     *
     * @param item the item
     * @param failure its last failure
     */
    public record Blamed<T>(T item, StoreException failure) {}
}
