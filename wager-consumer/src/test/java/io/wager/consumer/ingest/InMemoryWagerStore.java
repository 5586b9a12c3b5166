package io.wager.consumer.ingest;

import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreOutcome;
import io.wager.consumer.store.WagerRow;
import io.wager.consumer.store.WagerStore;
import io.wager.core.deadletter.Requeue;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory that can be told to fail, and counts its transactions. */
final class InMemoryWagerStore implements WagerStore {

    private final Map<WagerId, Wager> rows = new TreeMap<>();
    private final Map<AccountId, BigDecimal> totals = new TreeMap<>();
    private final Map<WagerId, Set<ContentHash>> conflicts = new TreeMap<>();
    private final Queue<StoreException.Kind> failures = new ArrayDeque<>();
    private final Map<ContentHash, StoreException.Kind> refused = new HashMap<>();
    private final Set<Requeue> resolved = new HashSet<>();
    private volatile StoreException.@Nullable Kind broken;
    private int transactions;
    private int rehearsals;

    /** The next transactions fail in this way. */
    void failNext(StoreException.Kind... kinds) {
        failures.addAll(List.of(kinds));
    }

    /** Every transaction that would insert this wager fails in this way. */
    void refuse(Wager wager, StoreException.Kind kind) {
        refused.put(ContentHash.of(wager), kind);
    }

    /** Every transaction fails in this way, the rehearsals too. */
    void breakWith(StoreException.Kind kind) {
        broken = kind;
    }

    /** Takes wagers again. */
    void mend() {
        broken = null;
    }

    @Override
    public void rehearse() {
        rehearsals++;
        failIfBroken();
    }

    private void failIfBroken() {
        var kind = broken;
        if (kind != null) {
            throw new StoreException(kind, "told to fail", new IllegalStateException("told to fail"));
        }
    }

    @Override
    public List<StoreOutcome> store(List<WagerRow> batch) {
        transactions++;
        failIfBroken();
        var failure = failures.poll();
        if (failure != null) {
            throw new StoreException(failure, "told to fail", new IllegalStateException("told to fail"));
        }
        for (var row : batch) {
            var kind = refused.get(row.hash());
            if (kind != null && !rows.containsKey(row.wager().wagerId())) {
                throw new StoreException(kind, "refused", new IllegalStateException("refused"));
            }
        }
        List<StoreOutcome> outcomes = new ArrayList<>();
        for (var row : batch) {
            var wager = row.wager();
            var known = rows.putIfAbsent(wager.wagerId(), wager);
            if (known == null) {
                totals.merge(wager.accountId(), wager.amount(), BigDecimal::add);
            }
            var stored = ContentHash.of(known == null ? wager : known);
            Set<ContentHash> others = new HashSet<>(row.otherContents());
            others.add(row.hash());
            others.remove(stored);
            if (!others.isEmpty()) {
                conflicts
                        .computeIfAbsent(wager.wagerId(), id -> new HashSet<>())
                        .addAll(others);
            }
            var count = 0;
            for (var mark : row.requeues()) {
                if (mark.content().equals(stored) && resolved.add(mark.requeue())) {
                    count++;
                }
            }
            outcomes.add(new StoreOutcome(known == null, stored, count));
        }
        return outcomes;
    }

    Map<WagerId, Wager> rows() {
        return rows;
    }

    Map<AccountId, BigDecimal> totals() {
        return totals;
    }

    Map<WagerId, Set<ContentHash>> conflicts() {
        return conflicts;
    }

    Set<Requeue> resolved() {
        return resolved;
    }

    int transactions() {
        return transactions;
    }

    int rehearsals() {
        return rehearsals;
    }
}
