package io.wager.core.wager;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.jspecify.annotations.Nullable;

/** Wagers of every shape that the contract allows. */
final class WagerArbitraries {

    private WagerArbitraries() {}

    static Arbitrary<Wager> wagers() {
        return Builders.withBuilder(Parts::new)
                .use(uuids())
                .inSetter((parts, id) -> parts.wagerId = id)
                .use(uuids())
                .inSetter((parts, id) -> parts.accountId = id)
                .use(names(50))
                .inSetter((parts, text) -> parts.username = text)
                .use(names(100))
                .inSetter((parts, text) -> parts.provider = text)
                .use(texts(30).injectNull(0.3))
                .inSetter((parts, text) -> parts.theme = text)
                .use(amounts())
                .inSetter((parts, amount) -> parts.amount = amount)
                .use(times())
                .inSetter((parts, time) -> parts.time = time)
                .use(uuids().injectNull(0.3))
                .inSetter((parts, id) -> parts.transactionId = id)
                .use(Arbitraries.integers().between(1, Integer.MAX_VALUE).injectNull(0.3))
                .inSetter((parts, bets) -> parts.bets = bets)
                .use(Arbitraries.strings().withCharRange('A', 'Z').ofLength(2).injectNull(0.3))
                .inSetter((parts, country) -> parts.country = country)
                .use(Arbitraries.longs().between(0, Long.MAX_VALUE).injectNull(0.3))
                .inSetter((parts, millis) -> parts.millis = millis)
                .build(Parts::wager);
    }

    static Arbitrary<BigDecimal> amounts() {
        var most = BigInteger.TEN
                .pow(Amounts.MAX_INTEGER_DIGITS + Amounts.MAX_FRACTION_DIGITS)
                .subtract(BigInteger.ONE);
        return Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, most)
                .map(unscaled -> new BigDecimal(unscaled, Amounts.MAX_FRACTION_DIGITS));
    }

    private static Arbitrary<UUID> uuids() {
        return Arbitraries.longs().tuple2().map(halves -> new UUID(halves.get1(), halves.get2()));
    }

    private static Arbitrary<Instant> times() {
        var ticksPerSecond = 10_000_000L;
        return Arbitraries.longs()
                .between(
                        Timestamps.EARLIEST.getEpochSecond(),
                        Instant.parse("2026-11-21T00:00:00Z").getEpochSecond())
                .flatMap(second -> Arbitraries.longs()
                        .between(0, ticksPerSecond - 1)
                        .map(tick -> Instant.ofEpochSecond(second, tick * 100)));
    }

    private static Arbitrary<String> names(int maxLength) {
        return texts(maxLength).map(text -> "x" + text);
    }

    /** Any Unicode but NUL and lone surrogates, astral characters among them. */
    private static Arbitrary<String> texts(int maxLength) {
        StringArbitrary bmp = Arbitraries.strings()
                .withCharRange('\u0001', '\uD7FF')
                .withCharRange('\uE000', '\uFFFF')
                .ofMaxLength(maxLength - 2);
        return Arbitraries.frequencyOf(Tuple.of(4, bmp), Tuple.of(1, bmp.map(text -> text + "🎲")));
    }

    private static final class Parts {
        private UUID wagerId = new UUID(0, 0);
        private UUID accountId = new UUID(0, 0);
        private String username = "";
        private String provider = "";
        private @Nullable String theme;
        private BigDecimal amount = BigDecimal.ZERO;
        private Instant time = Instant.EPOCH;
        private @Nullable UUID transactionId;
        private @Nullable Integer bets;
        private @Nullable String country;
        private @Nullable Long millis;

        Wager wager() {
            return new Wager(
                    new WagerId(wagerId),
                    new AccountId(accountId),
                    username,
                    provider,
                    provider,
                    theme,
                    amount,
                    time,
                    transactionId,
                    transactionId,
                    null,
                    transactionId,
                    bets,
                    country,
                    theme,
                    millis);
        }
    }
}
