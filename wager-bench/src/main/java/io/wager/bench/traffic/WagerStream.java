package io.wager.bench.traffic;

import io.wager.bench.rig.FailingInserts;
import io.wager.bench.traffic.Ledger.Destiny;
import io.wager.cli.generate.WagerGenerator;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import io.wager.core.wager.WagerId;
import io.wager.core.wager.WagerVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Cuts a generated stream into requests: single wagers and batches of every size, in which stand new wagers, duplicates and
 * what the API must refuse. Mixed in are conflicts, at the same time as what they contradict or later, and wagers that the
 * database refuses. All of it follows from the seed. Safe for any number of threads.
 */
public final class WagerStream implements RequestSource {

    private static final int REFUSED_BY_DATABASE_IN = 4_000;
    private static final int LARGEST_BATCH = 400;
    private static final int LONGEST_DELAY = 20;
    private static final WagerDecoder DECODER = new WagerDecoder(Duration.ofDays(3_650));

    private final WagerGenerator generator;
    private final int unknownFailures;
    private final Random random;
    private final Map<Integer, Integer> conflictAt = new HashMap<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private int next;
    private int refusedByDatabase;
    private int chunk;

    /**
     * A stream from its begin.
     *
     * @param seed any number
     * @param count how many wagers, from 1; conflicts and what the database refuses come on top
     * @param unknownFailures how many wagers fail in the database for no reason that anybody knows: each holds up a consumer
     *     for some seconds
     */
    public WagerStream(long seed, int count, int unknownFailures) {
        generator = new WagerGenerator(seed, count);
        this.unknownFailures = unknownFailures;
        random = new Random(seed);
        for (var conflict = 0; conflict < generator.conflicts(); conflict++) {
            conflictAt.put(generator.contradicted(conflict), conflict);
        }
    }

    /** How many wagers it has. */
    public int count() {
        return generator.count();
    }

    @Override
    public synchronized int position() {
        return next;
    }

    @Override
    public synchronized List<Item> nextRequest() {
        if (next >= generator.count()) {
            return takeDelayed(Integer.MAX_VALUE);
        }
        chunk++;
        var size = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(LARGEST_BATCH);
        List<Item> items = new ArrayList<>(takeDelayed(chunk));
        for (var end = Math.min(next + size, generator.count()); next < end; next++) {
            items.add(item(next));
            scheduleConflict(next, items);
            if (next % REFUSED_BY_DATABASE_IN == REFUSED_BY_DATABASE_IN / 2) {
                items.add(special(FailingInserts.REFUSED, "rejected-by-database", next));
                refusedByDatabase++;
            }
            if (refusedByDatabase > 0 && isUnknownFailure(next)) {
                items.add(special(FailingInserts.UNKNOWN, "retries-exhausted", next));
            }
        }
        return items;
    }

    private boolean isUnknownFailure(int index) {
        return unknownFailures > 0
                && index % (generator.count() / unknownFailures) == generator.count() / unknownFailures / 2;
    }

    private Item item(int index) {
        var json = generator.json(index);
        return switch (generator.role(index)) {
            case ORIGINAL -> Item.of(json, () -> generator.wager(index), Destiny.STORED, null);
            case DUPLICATE -> {
                var original = generator.original(index);
                yield Item.of(json, () -> generator.wager(original), Destiny.STORED, null);
            }
            case POISON -> Item.refused(json, () -> generator.wager(index));
        };
    }

    private void scheduleConflict(int index, List<Item> now) {
        var conflict = conflictAt.get(index);
        if (conflict == null) {
            return;
        }
        for (var content = 0; content < generator.contents(conflict); content++) {
            var json = generator.conflict(conflict, content);
            var wager = decode(json);
            var item = Item.of(json, () -> wager, Destiny.STORED, null);
            // Beside its contradiction in one batch, at the same time in another, or later.
            if (random.nextInt(4) == 0) {
                now.add(item);
            } else {
                delayed.add(new Delayed(chunk + 1 + random.nextInt(LONGEST_DELAY), item));
            }
        }
    }

    private List<Item> takeDelayed(int upTo) {
        var due = delayed.stream()
                .filter(one -> one.chunk() <= upTo)
                .limit(LARGEST_BATCH)
                .toList();
        delayed.removeAll(due);
        return due.stream().map(Delayed::item).toList();
    }

    private static Wager decode(byte[] json) {
        if (DECODER.decode(json, Instant.now()) instanceof WagerVerdict.Valid(var wager)) {
            return wager;
        }
        throw new IllegalStateException("the generator made a conflict that is no wager");
    }

    /** A wager of its own id and player that the database fails. */
    private Item special(String username, String reason, int index) {
        var like = generator.wager(index);
        var mostOfId = random.nextLong();
        var id = new WagerId(new UUID(mostOfId, random.nextLong()));
        var account = new AccountId(new UUID(7, mostOfId));
        var wager = new Wager(
                id,
                account,
                username,
                like.provider(),
                like.gameName(),
                like.theme(),
                like.amount(),
                like.createdDateTime(),
                like.transactionId(),
                like.brandId(),
                like.externalReferenceId(),
                like.transactionTypeId(),
                like.numberOfBets(),
                like.countryCode(),
                like.sessionData(),
                like.durationMillis());
        return Item.of(WagerEncoder.encode(wager), () -> wager, Destiny.DEAD, reason);
    }

    private record Delayed(int chunk, Item item) {}
}
