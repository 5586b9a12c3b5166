package io.wager.cli.generate;

import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A stream of wagers like those in the field. What stands at an index follows from seed, count and index alone, so that the
 * stream can be made again, in parts and in any order: the same seed and count give the same bytes, and another seed or
 * count other wagers of other players.
 *
 * <p>1,000 players, 100 providers with 10 games each, 7 themes; amounts 10 to 50,000 with up to 17 significant digits;
 * creation times over the year before {@link #END}; about 0.9 KB each. Of every 20 one is a {@linkplain Role#DUPLICATE
 * duplicate} of an earlier wager, half of these spelt differently; of every 1,000 one is {@linkplain Role#POISON poison}.
 * Beside the stream stand {@linkplain #conflict conflicts}, one per 1,000, which have to be sent once the stream is stored:
 * only then it is known which content comes first.
 *
 * <p>Keeps no state; any number of threads may share one.
 */
public final class WagerGenerator {

    /** The moment before which all wagers were created. Fixed, so that a seed makes the same bytes on any day. */
    public static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

    /** How many players there are. */
    public static final int PLAYERS = 1_000;

    private static final long SECONDS_OF_A_YEAR = Duration.ofDays(365).toSeconds();
    private static final int PROVIDERS = 100;
    private static final int GAMES = 10;
    private static final int DUPLICATE_IN = 20;
    private static final int POISON_IN = 1_000;
    private static final int CONFLICT_IN = 1_000;
    private static final int MIN_AMOUNT = 10;
    private static final int MAX_AMOUNT = 50_000;
    private static final int MAX_DIGITS = 17;
    private static final int TICKS_PER_SECOND = 10_000_000;
    private static final int NANOS_PER_TICK = 100;

    private static final int CONTENT = 1;
    private static final int ID = 2;
    private static final int PLAYER_ID = 3;
    private static final int ROLE = 4;
    private static final int SPELLING = 5;
    private static final int CONFLICT = 6;

    private final long stream;
    private final long seed;
    private final int count;

    /**
     * A stream.
     *
     * @param seed any number
     * @param count how many wagers it has, from 1
     */
    public WagerGenerator(long seed, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a stream has at least one wager, not " + count);
        }
        this.seed = seed;
        this.count = count;
        this.stream = new Mix(seed, 0, count).next();
    }

    /** What stands at an index. */
    public enum Role {
        /** A new wager. */
        ORIGINAL,
        /** A wager that stood at an earlier index. */
        DUPLICATE,
        /** What the API must refuse. */
        POISON
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * How many wagers the stream has, conflicts not counted.
     *
     * @return from 1
     */
    public int count() {
        return count;
    }

    /**
     * What stands at an index.
     *
     * @param index 0 to below {@link #count}
     * @return its role
     */
    public Role role(int index) {
        if (isAt(index, POISON_IN)) {
            return Role.POISON;
        }
        return isAt(index, DUPLICATE_IN) ? Role.DUPLICATE : Role.ORIGINAL;
    }

    /** Each block of so many has one, anywhere in it; the first wager of all is always an original. */
    private boolean isAt(int index, int every) {
        var block = index / every;
        var start = block == 0 ? 1 : 0;
        var size = Math.min(every, count - block * every);
        return size > start && index % every == start + new Mix(stream, ROLE + 31L * every, block).below(size - start);
    }

    /**
     * The wager whose content an original or a duplicate has.
     *
     * @param index 0 to below {@link #count}
     * @return the index of an original, the same or an earlier one
     */
    public int original(int index) {
        if (role(index) == Role.ORIGINAL) {
            return index;
        }
        var at = new Mix(stream, SPELLING, index).below(index);
        while (role(at) != Role.ORIGINAL) {
            at--;
        }
        return at;
    }

    /**
     * What to send.
     *
     * @param index 0 to below {@link #count}
     * @return one line in UTF-8: JSON, but for some poison
     */
    public byte[] json(int index) {
        return switch (role(index)) {
            case ORIGINAL -> WagerText.of(wager(index), new Mix(stream, SPELLING, index));
            case DUPLICATE -> duplicate(index);
            case POISON -> Poison.spoil(wager(index), index / POISON_IN).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] duplicate(int index) {
        var original = original(index);
        return new Mix(stream, SPELLING, -index).oneIn(2)
                ? json(original)
                : WagerText.respelt(wager(original), new Mix(stream, SPELLING, index));
    }

    /**
     * The wager of an original, as it has to be stored; for poison, what it would be if it were not spoilt.
     *
     * @param index that of an original or of poison
     * @return the wager
     */
    public Wager wager(int index) {
        var mix = new Mix(stream, CONTENT, index);
        var player = mix.oneIn(4) ? Math.min(mix.below(PLAYERS), mix.below(PLAYERS)) : mix.below(PLAYERS);
        var provider = mix.below(PROVIDERS);
        var game = mix.below(GAMES);
        var created = created(mix);
        return new Wager(
                wagerId(index),
                accountId(player),
                Words.username(player, isRenamed(player, created)),
                Words.provider(provider),
                Words.game(provider, game),
                Words.theme(provider * GAMES + game),
                amount(mix),
                created,
                mix.uuid(),
                mix.uuid(),
                mix.uuid(),
                mix.uuid(),
                1 + mix.below(10),
                mix.oneOf(Words.COUNTRIES),
                Words.session(mix),
                (long) mix.below(3_600_000));
    }

    /** The id of the wager at an index. */
    WagerId wagerId(int index) {
        return new WagerId(new Mix(stream, ID, index).uuid());
    }

    /**
     * The id of a wager that was sent.
     *
     * @param index that of an original or of poison
     * @return its id
     */
    public UUID id(int index) {
        return wagerId(index).value();
    }

    private AccountId accountId(int player) {
        return new AccountId(new Mix(stream, PLAYER_ID, player).uuid());
    }

    /** Every fiftieth player took a new name in the middle of the year. */
    private static boolean isRenamed(int player, Instant created) {
        return player % 50 == 7 && created.isAfter(END.minusSeconds(SECONDS_OF_A_YEAR / 2));
    }

    private static Instant created(Mix mix) {
        var secondsBefore = 1 + (mix.next() >>> 1) % SECONDS_OF_A_YEAR;
        return END.minusSeconds(secondsBefore).plusNanos((long) mix.below(TICKS_PER_SECOND) * NANOS_PER_TICK);
    }

    /** Digit by digit, since a double has no 17 digits to give. */
    private static BigDecimal amount(Mix mix) {
        var whole = MIN_AMOUNT + mix.below(MAX_AMOUNT - MIN_AMOUNT);
        var most = MAX_DIGITS - Integer.toString(whole).length();
        var digits = mix.oneIn(4) ? mix.below(most + 1) : most;
        var text = new StringBuilder().append(whole);
        for (var i = 0; i < digits; i++) {
            text.append((char) ('0' + mix.below(10)));
        }
        return new BigDecimal(new BigInteger(text.toString()), digits);
    }

    /**
     * How many conflicts there are to send.
     *
     * @return one per 1,000 wagers, at least 1
     */
    public int conflicts() {
        return Math.max(1, count / CONFLICT_IN);
    }

    /**
     * The wager that a conflict contradicts: each another one.
     *
     * @param conflict 0 to below {@link #conflicts}
     * @return the index of an original
     */
    public int contradicted(int conflict) {
        var span = count / conflicts();
        var at = conflict * span + new Mix(stream, CONFLICT, conflict).below(span);
        while (role(at) != Role.ORIGINAL && at > conflict * span) {
            at--;
        }
        while (role(at) != Role.ORIGINAL) {
            at++;
        }
        return at;
    }

    /**
     * How many distinct other contents a conflict sends for its wager.
     *
     * @param conflict 0 to below {@link #conflicts}
     * @return 1, or 2 for every fifth
     */
    public int contents(int conflict) {
        return conflict % 5 == 4 ? 2 : 1;
    }

    /**
     * What to send for a conflict.
     *
     * @param conflict 0 to below {@link #conflicts}
     * @param content 0 to below {@link #contents}
     * @return one line in UTF-8, a valid wager
     */
    public byte[] conflict(int conflict, int content) {
        var first = wager(contradicted(conflict));
        var other = new Wager(
                first.wagerId(),
                first.accountId(),
                first.username(),
                first.provider(),
                first.gameName(),
                first.theme(),
                content == 0 ? first.amount().add(BigDecimal.ONE) : first.amount(),
                first.createdDateTime(),
                first.transactionId(),
                first.brandId(),
                first.externalReferenceId(),
                first.transactionTypeId(),
                first.numberOfBets(),
                first.countryCode(),
                content == 0 ? first.sessionData() : "another session",
                first.durationMillis());
        return WagerText.of(other, new Mix(stream, CONFLICT, -conflict));
    }

    /** For people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d wagers of seed %d", count, seed);
    }
}
