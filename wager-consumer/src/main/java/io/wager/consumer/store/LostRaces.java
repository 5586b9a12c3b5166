package io.wager.consumer.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.service.database.DatabaseFaults;
import java.time.Duration;
import java.util.Collection;

/**
 * Remembers which rows lost a race for a key, and how often in a row. The winner of a race has committed, and the next try sees its row. So
 * a loss that repeats is no race, but a key that the rows can never have. The failure is then of unknown kind, and the rows are examined
 * rather than tried for ever. Parts of a batch inherit what the whole has lost. Safe for any number of threads.
 */
public final class LostRaces {

    /**
     * A row can truly lose only once for each of its few keys, but its batch loses with every row in it. With the waits of the retry this
     * many losses take half a minute.
     */
    static final int MOST = 20;

    /** Enough for many batches; a forgotten batch needs all its tries again. */
    private static final int REMEMBERED_ROWS = 20_000;

    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final Cache<Object, Integer> losses = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_ROWS)
            .expireAfterWrite(FORGET_AFTER)
            .build();

    /**
     * The kind of a failure for some rows.
     *
     * @param failure why their transaction failed
     * @param rows the identities of the rows, the same for each try; never empty
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
