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
import io.wager.core.wager.AccountId;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What a stream leaves behind does not depend on its order, on repeats, nor on how it was cut into batches. */
class StreamPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Property(tries = 200)
    void anyPermutationAndDuplicationOfAStreamGivesTheSameState(
            @ForAll @IntRange(min = 1, max = 60) int wagers,
            @ForAll @IntRange(min = 0, max = 60) int repeats,
            @ForAll @IntRange(min = 1, max = 20) int batchSize,
            @ForAll long seed) {
        var random = new Random(seed);
        List<Wager> stream = new ArrayList<>();
        for (var i = 0; i < wagers; i++) {
            stream.add(aWager().withId(new UUID(random.nextLong(), random.nextLong()).toString())
                    .by(new UUID(0, random.nextInt(5)).toString())
                    .of(new BigDecimal(random.nextInt(1_000_000))
                            .movePointLeft(random.nextInt(19))
                            .toPlainString())
                    .build());
        }
        Map<AccountId, BigDecimal> expected = new TreeMap<>();
        stream.forEach(wager -> expected.merge(wager.accountId(), wager.amount(), BigDecimal::add));
        for (var i = 0; i < repeats; i++) {
            stream.add(stream.get(random.nextInt(wagers)));
        }
        Collections.shuffle(stream, random);

        var store = consume(stream, batchSize);

        assertThat(store.rows()).hasSize((int) stream.stream().distinct().count());
        assertThat(store.conflicts()).isEmpty();
        assertThat(store.totals()).hasSameSizeAs(expected);
        store.totals().forEach((account, total) -> assertThat(total).isEqualByComparingTo(expected.get(account)));
    }

    private static InMemoryWagerStore consume(List<Wager> stream, int batchSize) {
        var store = new InMemoryWagerStore();
        var metrics = new IngestMetrics(new SimpleMeterRegistry());
        var listener = new WagerBatchListener(
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
        for (var from = 0; from < stream.size(); from += batchSize) {
            var batch = stream.subList(from, Math.min(from + batchSize, stream.size())).stream()
                    .map(StreamPropertiesTest::delivery)
                    .toList();
            assertThat(listener.handle(batch)).containsOnly(Disposition.DONE);
        }
        return store;
    }

    private static Delivery delivery(Wager wager) {
        var message = new Message(
                wager.wagerId().toString(),
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                null,
                NOW,
                Map.of(MessageHeaders.SCHEMA_VERSION, 1),
                WagerEncoder.encode(wager));
        return new Delivery(message, Topology.WAGERS, 1);
    }
}
