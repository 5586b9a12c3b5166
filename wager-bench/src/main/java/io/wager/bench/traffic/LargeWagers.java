package io.wager.bench.traffic;

import io.wager.bench.traffic.Ledger.Destiny;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The largest wagers of the contract, each of some 393 KB: most of them as singles, and now and then a batch that is as large as a
 * batch may be. All of it follows from the seed. Safe for any number of threads.
 */
public final class LargeWagers implements RequestSource {

    /** Characters of the longest session data; each takes three bytes in UTF-8. */
    private static final int LONGEST_SESSION = 131_072;

    private static final int BATCH_IN = 10;
    /** Within the 8 MiB of a batch. */
    private static final int BATCH = 20;

    private final long seed;
    private final int count;
    private int next;

    /**
     * A stream from its begin.
     *
     * @param seed any number
     * @param count how many wagers, from 1
     */
    public LargeWagers(long seed, int count) {
        this.seed = seed;
        this.count = count;
    }

    @Override
    public synchronized int position() {
        return next;
    }

    @Override
    public synchronized List<Item> nextRequest() {
        var size = next % BATCH_IN == 0 ? BATCH : 1;
        List<Item> items = new ArrayList<>();
        for (var end = Math.min(next + size, count); next < end; next++) {
            var index = next;
            items.add(Item.of(WagerEncoder.encode(wager(index)), () -> wager(index), Destiny.STORED, null));
        }
        return items;
    }

    private Wager wager(int index) {
        var random = new Random(seed * 1_000_003 + index);
        var id = new UUID(random.nextLong(), random.nextLong());
        return new Wager(
                new WagerId(id),
                new AccountId(new UUID(8, random.nextInt(50))),
                "Large",
                "Large",
                "Large",
                null,
                BigDecimal.valueOf(random.nextInt(1_000_000), 2),
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(1_000_000)),
                null,
                null,
                null,
                null,
                null,
                null,
                "\u20ac".repeat(LONGEST_SESSION),
                null);
    }
}
