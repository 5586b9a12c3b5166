package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.TestBreakers;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.WagerDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLetterBatchListenerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final FakeDeadLetterArchive archive = new FakeDeadLetterArchive();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Stopping stopping = new Stopping();
    private final DeadLetterBatchListener listener = listener();

    @Test
    void aBatchIsArchivedInOneTransactionAndDone() {
        var dispositions = handle(letters(20));

        assertThat(dispositions).hasSize(20).containsOnly(Disposition.DONE);
        assertThat(archive.letters()).isEqualTo(20);
        assertThat(archive.transactions()).isOne();
        assertThat(meters.get("wager.dead.letters.archived")
                        .tag("reason", "invalid")
                        .counter()
                        .count())
                .isEqualTo(20);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedOutWithoutGivingTheBatchBack() {
        var outage = new Kind[50];
        Arrays.fill(outage, Kind.OUTAGE);
        archive.failNext(outage);

        assertThat(handle(letters(3))).containsOnly(Disposition.DONE);

        assertThat(archive.letters()).isEqualTo(3);
        assertThat(count("wager.dead.letters.retries")).isEqualTo(50);
    }

    @Test
    void anOutageThatOutlastsTheServiceGivesTheBatchBack() {
        archive.failNext(Kind.OUTAGE);
        stopping.set(true);

        assertThatThrownBy(() -> handle(letters(3))).isInstanceOf(StoreException.class);

        assertThat(count("wager.dead.letters.returned")).isEqualTo(3);
    }

    @Test
    void aLetterThatIsRefusedStaysInTheQueueAndItsNeighboursAreArchived() {
        var letters = letters(100);
        archive.refuse("letter-41");
        archive.refuse("letter-77");

        var dispositions = handle(letters);

        assertThat(dispositions.get(41)).isInstanceOf(Disposition.Again.class);
        assertThat(dispositions.get(77)).isInstanceOf(Disposition.Again.class);
        assertThat(dispositions).filteredOn(Disposition.DONE::equals).hasSize(98);
        assertThat(archive.letters()).isEqualTo(98);
        assertThat(archive.transactions())
                .as("two paths of log2(100), their siblings, and the attempts at the first")
                .isLessThan(40);
    }

    @Test
    void aLetterThatWasRefusedIsArchivedWhenItComesAgain() {
        archive.refuse("letter-0");
        handle(letters(1));
        archive.refuseNothing();

        assertThat(handle(letters(1))).containsExactly(Disposition.DONE);
        assertThat(archive.letters()).isOne();
    }

    @Test
    void anArchiveThatTakesNothingIsWaitedOutAndTold() throws Exception {
        archive.breakWith(Kind.UNKNOWN);

        var handling = CompletableFuture.supplyAsync(() -> handle(letters(20)));
        await().until(() -> count("wager.dead.letters.retries") > 20);

        assertThat(handling).isNotDone();
        assertThat(meters.get("wager.consume.system.failures")
                        .tag("listener", "archive")
                        .tag("kind", "unknown-system-failure")
                        .counter()
                        .count())
                .isPositive();
        archive.mend();
        assertThat(handling.get()).hasSize(20).containsOnly(Disposition.DONE);
        assertThat(count("wager.dead.letters.returned")).isZero();
    }

    @Test
    void anUnknownFailureThatPassesIsRetried() {
        archive.failNext(Kind.UNKNOWN, Kind.UNKNOWN, Kind.OUTAGE, Kind.UNKNOWN);

        assertThat(handle(letters(1))).containsExactly(Disposition.DONE);
    }

    @Test
    void whateverComesIsNeverGivenUp() {
        var anything = List.of(
                new Message(null, null, null, null, null, Map.of(), new byte[] {(byte) 0xff, 0}),
                DeadMessages.published(""),
                DeadMessages.published("[[[[".repeat(10_000)));

        assertThat(handle(anything)).hasSize(3).containsOnly(Disposition.DONE);
    }

    @Test
    void receivedIsArchivedAndFailedAgainAndKnownAndReturned() {
        archive.refuse("letter-3");
        handle(letters(10));
        handle(letters(6));
        handle(List.of(
                DeadMessages.dead(DeadMessages.published("same", new byte[] {'{'}, "one")),
                DeadMessages.dead(DeadMessages.published("same", new byte[] {'{'}, "two"))));
        stopping.set(true);
        archive.failNext(Kind.OUTAGE);
        assertThatThrownBy(() -> handle(letters(4))).isInstanceOf(StoreException.class);

        assertThat(count("wager.dead.letters.received"))
                .isEqualTo(22)
                .isEqualTo(count("wager.dead.letters.archived")
                        + count("wager.dead.letters.failed.again")
                        + count("wager.dead.letters.known")
                        + count("wager.dead.letters.returned"));
        assertThat(count("wager.dead.letters.archived")).isEqualTo(archive.letters());
        assertThat(count("wager.dead.letters.failed.again")).isEqualTo(1);
        assertThat(count("wager.dead.letters.known")).isEqualTo(5);
    }

    private List<Disposition> handle(List<Message> messages) {
        return listener.handle(messages.stream()
                .map(message -> new Delivery(message, Topology.DEAD_LETTERS, 1))
                .toList());
    }

    private double count(String counter) {
        return meters.get(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Letters that are the same whenever they are asked for. */
    private static List<Message> letters(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        DeadMessages.dead(DeadMessages.published("letter-" + i, new byte[] {'{', '}'}, "request-" + i)))
                .toList();
    }

    private DeadLetterBatchListener listener() {
        var metrics = new DeadLetterMetrics(meters);
        var reader = new DeadLetterReader(new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(NOW, ZoneOffset.UTC));
        var outage = TestBreakers.retry(Integer.MAX_VALUE, Kind.PASSING, stopping);
        outage.getEventPublisher().onRetry(event -> metrics.retried());
        var refusal = TestBreakers.retry(4, Set.of(Kind.DATA, Kind.UNKNOWN), stopping);
        var breaker = TestBreakers.of(TestBreakers.registry(), meters, stopping).archive();
        var settlement = new BatchSettlement(breaker, outage, DeadLetterConfiguration.ONCE);
        return new DeadLetterBatchListener(
                reader, new DeadLetterBatchWriter(archive, settlement, refusal, metrics), metrics);
    }
}
