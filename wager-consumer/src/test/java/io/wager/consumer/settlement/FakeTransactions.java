package io.wager.consumer.settlement;

import io.wager.consumer.store.StoreException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A database of numbers in memory that can be told to fail. Used by one thread, and told and asked by another. */
final class FakeTransactions implements BatchTransactions<Integer> {

    private final Map<Integer, Kind> refused = new HashMap<>();
    private final Map<Integer, Throwable> crashes = new HashMap<>();
    private final Set<Integer> stored = ConcurrentHashMap.newKeySet();
    private final Set<Integer> storedTwice = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Kind broken;
    private @Nullable Random chance;
    private boolean isRehearsalRefused;
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile Kind breakWith = Kind.UNKNOWN;
    private int transactions;
    private int rehearsals;

    void refuse(int item, Kind kind) {
        refused.put(item, kind);
    }

    void crashOn(Map<Integer, Throwable> items) {
        crashes.putAll(items);
    }

    void refuseRehearsals() {
        isRehearsalRefused = true;
    }

    void breakWith(Kind kind) {
        broken = kind;
    }

    void breakAfterStoring(int count, Kind kind) {
        breakWith = kind;
        breakAfter = count;
    }

    void failHalfOfAllTransactions(Random random) {
        chance = random;
    }

    void mend() {
        breakAfter = Integer.MAX_VALUE;
        broken = null;
    }

    @Override
    public void store(List<Integer> items) {
        transactions++;
        failIfBroken();
        for (var item : items) {
            crash(crashes.get(item));
            var kind = refused.get(item);
            if (kind != null) {
                throw BatchSettlementTest.failure(kind);
            }
        }
        for (var item : items) {
            if (!stored.add(item)) {
                storedTwice.add(item);
            }
        }
        if (stored.size() >= breakAfter) {
            broken = breakWith;
        }
    }

    @Override
    public void rehearse() {
        rehearsals++;
        failIfBroken();
        if (isRehearsalRefused) {
            throw BatchSettlementTest.failure(Kind.UNKNOWN);
        }
    }

    private void failIfBroken() {
        var kind = broken;
        if (kind != null) {
            throw BatchSettlementTest.failure(kind);
        }
        if (chance != null && chance.nextBoolean()) {
            throw BatchSettlementTest.failure(Kind.UNKNOWN);
        }
    }

    private static void crash(@Nullable Throwable crash) {
        switch (crash) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {
                // Nothing to do.
            }
        }
    }

    Set<Integer> stored() {
        return stored;
    }

    Set<Integer> storedTwice() {
        return storedTwice;
    }

    int transactions() {
        return transactions;
    }

    int rehearsals() {
        return rehearsals;
    }
}
