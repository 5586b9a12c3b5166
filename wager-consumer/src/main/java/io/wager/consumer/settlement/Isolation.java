package io.wager.consumer.settlement;

import io.wager.consumer.settlement.BatchSettlement.Blamed;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bisects a batch that failed until what is to blame stands alone. Ends early if the system turns out to be. For one thread. */
final class Isolation<T> {

    /**
     * How often an item must fail alone, each time beside a rehearsal that succeeds. Of failures that hit every second transaction by
     * chance, one item in 64 that fails once would be blamed, and a batch of them hardly ever comes so far.
     */
    private static final int TRIES = 3;

    private final BatchSettlement settlement;
    private final BatchTransactions<T> transactions;
    private final List<T> items;
    private final List<Blamed<T>> blamed;
    private final Set<T> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean hasCommitted;

    /**
     * Nothing is isolated yet.
     *
     * @param items what failed together
     * @param blamed gets what is to blame
     * @param committed how many of the same batch were stored since it failed
     */
    Isolation(
            BatchSettlement settlement,
            BatchTransactions<T> transactions,
            List<T> items,
            List<Blamed<T>> blamed,
            int committed) {
        this.settlement = settlement;
        this.transactions = transactions;
        this.items = items;
        this.blamed = blamed;
        this.hasCommitted = committed > 0;
    }

    /**
     * Stores what can be stored.
     *
     * @param failure why the items failed together
     * @return what is left, since the system is to blame: neither stored nor blamed
     */
    List<T> run(StoreException failure) {
        return items.isEmpty() || isolate(items, failure)
                ? List.of()
                : items.stream().filter(item -> !settled.contains(item)).toList();
    }

    /** Returns false if the system is to blame. */
    private boolean isolate(List<T> failed, StoreException failure) {
        if (failed.size() == 1) {
            return judge(failed.getFirst(), failure);
        }
        var middle = failed.size() / 2;
        return take(failed.subList(0, middle)) && take(failed.subList(middle, failed.size()));
    }

    private boolean take(List<T> part) {
        var failure = store(part);
        return failure == null || isolate(part, failure);
    }

    private boolean judge(T item, StoreException first) {
        var failure = first;
        for (var tries = 1; ; tries++) {
            // Who answers one that its data is wrong and takes another is well.
            var isAnswered = failure.kind() == Kind.DATA && hasCommitted;
            if (!isAnswered && !settlement.isWell(transactions, hasCommitted)) {
                return false;
            }
            if (failure.kind() == Kind.DATA || tries == TRIES) {
                blamed.add(new Blamed<>(item, failure));
                settled.add(item);
                return true;
            }
            var next = store(List.of(item));
            if (next == null) {
                return true;
            }
            failure = next;
        }
    }

    private @Nullable StoreException store(List<T> part) {
        var failure = settlement.failureOf(() -> settlement.store(transactions, part));
        if (failure == null) {
            settled.addAll(part);
            hasCommitted = true;
        }
        return failure;
    }
}
