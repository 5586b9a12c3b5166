package io.wager.consumer.ingest;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.deadletter.DeadLetterMetrics;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.TestBreakers;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Messages that the API never publishes, among those that it does. {@code -Dwager.fuzz.seed} repeats a run, {@code -Dwager.fuzz.messages}
 * makes it longer.
 */
class HostileMessagesTest {

    private static final long SEED = Long.getLong("wager.fuzz.seed", 20_261_127);
    private static final int MESSAGES = Integer.getInteger("wager.fuzz.messages", 5_000);
    private static final int BATCH = 50;
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE wager; --",
            "${jndi:ldap://127.0.0.1:1/x}",
            "\u0000\uD800\uDFFF\uD800",
            "1e1000000",
            "9".repeat(20_000),
            "application/json;charset=utf-7",
            "wager.placed",
            "x".repeat(100_000),
            "");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final InMemoryWagerStore store = new InMemoryWagerStore();

    @Test
    void eachIsStoredOrDeadAndTheHonestOnesAmongThemAreStored() {
        var listener = listener();
        List<Wager> honest = new ArrayList<>();
        for (var sent = 0; sent < MESSAGES; sent += BATCH) {
            List<Delivery> batch = new ArrayList<>();
            for (var i = 0; i < BATCH; i++) {
                var wager = aWager().build();
                if (random.nextInt(5) == 0) {
                    honest.add(wager);
                    batch.add(new Delivery(honest(wager), Topology.WAGERS, 1));
                } else {
                    batch.add(new Delivery(hostile(wager), Topology.WAGERS, 1 + random.nextInt(3)));
                }
            }

            var dispositions = listener.handle(batch);

            assertThat(dispositions)
                    .as("seed %d, batch from message %d", SEED, sent)
                    .hasSize(BATCH);
            for (var i = 0; i < BATCH; i++) {
                if (dispositions.get(i) instanceof Disposition.Dead dead) {
                    // By what it is, and not since reading it crashed.
                    assertThat(dead.failure().type())
                            .as("seed %d, message %d", SEED, sent + i)
                            .doesNotContain(".");
                } else {
                    assertThat(dispositions.get(i))
                            .as("seed %d, message %d", SEED, sent + i)
                            .isEqualTo(Disposition.DONE);
                }
            }
        }

        assertThat(store.rows().values()).containsAll(honest);
    }

    private static Message honest(Wager wager) {
        return new Message(
                wager.wagerId().toString(),
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                null,
                NOW,
                Map.of(MessageHeaders.SCHEMA_VERSION, 1),
                WagerEncoder.encode(wager));
    }

    private Message hostile(Wager wager) {
        return new Message(
                or(wager.wagerId().toString()),
                or(MessageHeaders.WAGER_TYPE),
                or(MessageHeaders.JSON),
                or("a"),
                random.nextInt(4) == 0 ? Instant.MAX : NOW,
                headers(),
                body(wager));
    }

    private @Nullable String or(String usual) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> TEXTS.get(random.nextInt(TEXTS.size()));
            default -> usual;
        };
    }

    private Map<String, Object> headers() {
        Map<String, Object> headers = new HashMap<>();
        headers.put(
                MessageHeaders.SCHEMA_VERSION,
                List.<Object>of(1, 1, 1, 2, -1, Long.MAX_VALUE, "1", "x", List.of(1), Map.of("a", 1), true)
                        .get(random.nextInt(11)));
        for (var i = random.nextInt(3); i > 0; i--) {
            headers.put(
                    List.of("traceparent", "x-death", "x-delivery-count", "wager-requeue", "h" + i)
                            .get(random.nextInt(5)),
                    List.<Object>of(TEXTS.get(random.nextInt(TEXTS.size())), List.of(Map.of("count", "x")), 1.5)
                            .get(random.nextInt(3)));
        }
        return headers;
    }

    private byte[] body(Wager wager) {
        var honest = WagerEncoder.encode(wager);
        return switch (random.nextInt(8)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(honest, random.nextInt(honest.length));
            case 2 -> "[".repeat(50_000).getBytes(StandardCharsets.UTF_8);
            case 3 -> ("{\"amount\":1" + "0".repeat(50_000) + "e-50000}").getBytes(StandardCharsets.UTF_8);
            case 4 -> new String(honest, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16BE);
            case 5 -> "{\"amount\":1e2147483647,\"amount\":2}".getBytes(StandardCharsets.UTF_8);
            case 6 -> honest;
            default -> {
                for (var i = 0; i < 4; i++) {
                    honest[random.nextInt(honest.length)] = (byte) random.nextInt();
                }
                yield honest;
            }
        };
    }

    private WagerBatchListener listener() {
        var metrics = new IngestMetrics(new SimpleMeterRegistry());
        return new WagerBatchListener(
                new WagerMessageDecoder(new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(NOW, ZoneOffset.UTC)),
                new WagerBatchWriter(
                        store,
                        new BatchSettlement(
                                TestBreakers.of(TestBreakers.registry(), new SimpleMeterRegistry(), new Stopping())
                                        .ingest(),
                                Retry.ofDefaults("outage"),
                                Retry.ofDefaults("unknown")),
                        metrics,
                        new DeadLetterMetrics(new SimpleMeterRegistry())),
                metrics);
    }
}
