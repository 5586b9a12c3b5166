package io.wager.bench.traffic;

import io.wager.bench.traffic.Ledger.Destiny;
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.core.wager.WagerId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Wagers for a ledger. */
public final class SentWagers {

    private SentWagers() {}

    /** Always the same three, on two days. */
    public static List<Wager> threeOfOnePlayer() {
        return IntStream.range(0, 3).mapToObj(SentWagers::wager).toList();
    }

    /** Sent, and answered 'accepted'. */
    public static void accept(Ledger ledger, Wager wager) {
        var item = Item.of(WagerEncoder.encode(wager), () -> wager, Destiny.STORED, null);
        ledger.sending(item);
        ledger.accepted(item);
    }

    private static Wager wager(int number) {
        return new Wager(
                new WagerId(new UUID(1, number)),
                new AccountId(new UUID(2, 0)),
                "U",
                "P",
                "G",
                null,
                new BigDecimal("10.5").add(BigDecimal.valueOf(number)),
                Instant.parse("2026-01-01T12:00:00Z").plusSeconds(50_000L * number),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
