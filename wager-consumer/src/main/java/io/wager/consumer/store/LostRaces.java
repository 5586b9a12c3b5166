package io.wager.consumer.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.service.database.DatabaseFaults;
import java.time.Duration;
import java.util.Collection;

/**
 * Remembers which rows lost a race for a key, and how often in a row. Who won is committed, and seen at the next try; so a loss that
 * repeats itself is no race, but a key that the rows can never have. Then the failure is one of unknown kind, and the rows are
 * looked at rather than tried for ever. Parts of a batch inherit what the whole has lost. Safe for any number of threads.
 */
public final class LostRaces {

    /**
     * A row can lose in earnest only once for each of its few keys, but its batch loses with every row in it; with the waits of the
     * retry this many losses take half a minute.
     */
    static final int MOST = 20;

    /** Many batches; forgetting one costs it as many tries again. */
    private static final int REMEMBERED_ROWS = 20_000;

    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final Cache<Object, Integer> losses = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_ROWS)
            .expireAfterWrite(FORGET_AFTER)
            .build();

    /**
     * What a failure says about rows.
     *
     * @param failure why their transaction failed
     * @param rows what tells the rows apart, the same for each try; never empty
     * @return as {@link Kind#of}, but for duplicate keys that persist, which are {@link Kind#UNKNOWN}
     */
    public Kind kindOf(Throwable failure, Collection<?> rows) {
        var kind = Kind.of(failure);
        if (kind != Kind.CONTENTION || !DatabaseFaults.isDuplicateKey(failure)) {
            return kind;
        }
        var fewest = rows.stream()
                .distinct()
                .mapToInt(row -> losses.asMap().merge(row, 1, Integer::sum))
                .min()
                .orElseThrow();
        return fewest > MOST ? Kind.UNKNOWN : kind;
    }

    /**
     * Forgets the losses of rows, since they are stored.
     *
     * @param rows as in {@link #kindOf}
     */
    public void won(Collection<?> rows) {
        if (losses.estimatedSize() > 0) {
            losses.invalidateAll(rows);
        }
    }
}
