package io.wager.consumer.ingest;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.deadletter.DeadLetterMetrics;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.TestBreakers;
import io.wager.consumer.settlement.BatchSettlement;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.core.deadletter.DeadLetterIdentity;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.DeadLetters;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WagerBatchListenerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final InMemoryWagerStore store = new InMemoryWagerStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Stopping stopping = new Stopping();
    private final WagerBatchListener listener = listener();

    @Test
    void wagersAreStoredInOneTransactionAndDone() {
        var wagers = IntStream.range(0, 20).mapToObj(i -> aWager().build()).toList();

        var dispositions = handle(wagers);

        assertThat(dispositions).hasSize(20).containsOnly(Disposition.DONE);
        assertThat(store.rows().values()).containsExactlyInAnyOrderElementsOf(wagers);
        assertThat(store.transactions()).isEqualTo(1);
    }

    @Test
    void aDuplicateInTheSameBatchCountsOnce() {
        var wager = aWager().of("10").build();

        var dispositions = handle(List.of(wager, wager, wager));

        assertThat(dispositions).containsOnly(Disposition.DONE);
        assertThat(store.totals().get(wager.accountId())).isEqualByComparingTo("10");
        assertThat(count("wager.ingest.stored")).isEqualTo(1);
        assertThat(count("wager.ingest.duplicates")).isEqualTo(2);
    }

    @Test
    void aRedeliveredBatchAddsNothing() {
        var wagers = List.of(aWager().of("10").build(), aWager().of("20").build());
        handle(wagers);
        var totals = Map.copyOf(store.totals());

        var dispositions = handle(wagers);

        assertThat(dispositions).containsOnly(Disposition.DONE);
        assertThat(store.totals()).isEqualTo(totals);
        assertThat(count("wager.ingest.duplicates")).isEqualTo(2);
    }

    @Test
    void theFirstContentOfABatchWinsAndTheOthersAreConflicts() {
        var first = aWager().of("10").build();
        var other = aWager().withId(first.wagerId()).of("11").build();

        var dispositions = handle(List.of(first, other, first, other));

        assertThat(reasons(dispositions)).containsExactly(null, "conflict", null, "conflict");
        assertThat(store.rows()).containsEntry(first.wagerId(), first);
        assertThat(store.conflicts().get(first.wagerId())).hasSize(1);
    }

    @Test
    void aContentThatIsStoredIsADuplicateEvenBehindAnotherInTheBatch() {
        var stored = aWager().of("10").build();
        var other = aWager().withId(stored.wagerId()).of("11").build();
        handle(List.of(stored));

        var dispositions = handle(List.of(other, stored));

        assertThat(reasons(dispositions)).containsExactly("conflict", null);
        assertThat(store.rows()).containsEntry(stored.wagerId(), stored);
    }

    @Test
    void whatCannotBeReadIsDeadWithItsReasonAndItsNeighboursAreStored() {
        var good = aWager().build();
        var batch = List.of(
                delivery("{\"wagerId\":", 1),
                delivery(good),
                delivery("{\"wagerId\":\"x\",\"amount\":-1}", 1),
                delivery("{}", 2),
                delivery("{}", null));

        var dispositions = listener.handle(batch);

        assertThat(reasons(dispositions))
                .containsExactly("undecodable", null, "invalid", "unsupported-version", "unsupported-version");
        assertThat(store.rows()).containsOnlyKeys(good.wagerId());
        assertThat(dispositions.get(2))
                .isInstanceOfSatisfying(
                        Disposition.Dead.class,
                        dead -> assertThat(dead.failure().message())
                                .contains("/wagerId")
                                .contains("/amount")
                                .contains("/username"));
    }

    @Test
    void aWagerAcceptedByAnApiWhoseClockIsAheadStaysValid() {
        var ahead = NOW.plus(Duration.ofMinutes(3));
        var wager =
                aWager().placedAt(ahead.plus(Duration.ofMinutes(5)).toString()).build();
        var accepted = message(WagerEncoder.encode(wager), 1, ahead);
        var notAccepted = message(WagerEncoder.encode(wager), 1, NOW);

        var dispositions = listener.handle(
                List.of(new Delivery(accepted, Topology.WAGERS, 1), new Delivery(notAccepted, Topology.WAGERS, 1)));

        assertThat(reasons(dispositions)).containsExactly(null, "invalid");
    }

    @Test
    void aPassingFailureIsWaitedOutWithoutGivingTheBatchBack() {
        var wager = aWager().build();
        var outage = new Kind[50];
        Arrays.fill(outage, Kind.OUTAGE);
        store.failNext(outage);

        var dispositions = handle(List.of(wager));

        assertThat(dispositions).containsOnly(Disposition.DONE);
        assertThat(store.rows()).containsOnlyKeys(wager.wagerId());
        assertThat(count("wager.ingest.retries")).isEqualTo(50);
    }

    @Test
    void anOutageThatOutlastsTheServiceGivesTheBatchBack() {
        store.failNext(Kind.OUTAGE);
        stopping.set(true);

        assertThatThrownBy(() -> handle(List.of(aWager().build(), aWager().build())))
                .isInstanceOf(StoreException.class);

        assertThat(count("wager.ingest.returned")).isEqualTo(2);
    }

    @Test
    void aWagerThatTheDatabaseRefusesStandsAloneAndItsNeighboursAreStored() {
        var wagers = IntStream.range(0, 100).mapToObj(i -> aWager().build()).toList();
        store.refuse(wagers.get(41), Kind.DATA);
        store.refuse(wagers.get(77), Kind.DATA);

        var dispositions = handle(wagers);

        assertThat(reasons(dispositions).get(41)).isEqualTo("rejected-by-database");
        assertThat(reasons(dispositions).get(77)).isEqualTo("rejected-by-database");
        assertThat(dispositions).filteredOn(d -> d instanceof Disposition.Done).hasSize(98);
        assertThat(store.rows()).hasSize(98);
        assertThat(store.transactions())
                .as("two paths of log2(100) and their siblings")
                .isLessThan(32);
    }

    @Test
    void anotherContentOfARefusedWagerGetsItsTurn() {
        var refused = aWager().of("10").build();
        var other = aWager().withId(refused.wagerId()).of("11").build();
        store.refuse(refused, Kind.DATA);

        var dispositions = handle(List.of(refused, other, refused));

        assertThat(reasons(dispositions)).containsExactly("rejected-by-database", null, "rejected-by-database");
        assertThat(store.rows()).containsEntry(refused.wagerId(), other);
    }

    @Test
    void anUnknownFailureThatPassesIsRetried() {
        store.failNext(Kind.UNKNOWN, Kind.OUTAGE, Kind.UNKNOWN);

        assertThat(handle(List.of(aWager().build()))).containsOnly(Disposition.DONE);
    }

    @Test
    void anUnknownFailureThatStaysIsDeadAfterItsRetries() {
        var bad = aWager().build();
        var good = aWager().build();
        store.refuse(bad, Kind.UNKNOWN);

        var dispositions = handle(List.of(good, bad));

        assertThat(reasons(dispositions)).containsExactly(null, "retries-exhausted");
        assertThat(store.rows()).containsOnlyKeys(good.wagerId());
    }

    @Test
    void goodWagersInABrokenSystemAreHeldAndStoredWhenItIsMended() throws Exception {
        var wagers = IntStream.range(0, 20).mapToObj(i -> aWager().build()).toList();
        store.breakWith(Kind.UNKNOWN);

        var handling = CompletableFuture.supplyAsync(() -> handle(wagers));
        await().until(() -> count("wager.ingest.retries") > 20);

        assertThat(handling).isNotDone();
        store.mend();
        assertThat(handling.get()).hasSize(20).containsOnly(Disposition.DONE);
        assertThat(store.rows()).hasSize(20);
    }

    @Test
    void aMessageThatCrashesTheReadingIsDeadAloneAndItsNeighboursAreStored() {
        var good = aWager().build();
        var version = new Object() {
            @Override
            public String toString() {
                throw new StackOverflowError("told to crash");
            }
        };
        var headers = Map.<String, Object>of(MessageHeaders.SCHEMA_VERSION, version);
        var crashing = new Delivery(
                new Message("id", MessageHeaders.WAGER_TYPE, MessageHeaders.JSON, null, NOW, headers, new byte[0]),
                Topology.WAGERS,
                1);

        var dispositions = listener.handle(List.of(crashing, delivery(good)));

        assertThat(reasons(dispositions)).containsExactly("undecodable", null);
        assertThat(store.rows()).containsOnlyKeys(good.wagerId());
    }

    @Test
    void aRequeuedWagerResolvesItsDeadLetterByTheContentThatIsStored() {
        var wager = aWager().of("10").build();
        var other = aWager().withId(wager.wagerId()).of("11").build();
        var resolved = new Requeue(UUID.randomUUID(), 1);
        var conflicting = new Requeue(UUID.randomUUID(), 2);

        var dispositions = listener.handle(List.of(
                delivery(wager), requeued(wager, resolved), requeued(other, conflicting), delivery(aWager().build())));

        assertThat(reasons(dispositions)).containsExactly(null, null, "conflict", null);
        assertThat(store.resolved()).containsExactly(resolved);
        assertThat(count("wager.dead.letters.resolved")).isEqualTo(1);
    }

    @Test
    void aRequeuedMessageThatFailsAgainKeepsItsMarksOnItsDeadLetter() {
        var requeue = new Requeue(UUID.randomUUID(), 3);
        var delivery = requeued(aWager().placedAt("2027-01-01T00:00:00Z").build(), requeue);

        var disposition = listener.handle(List.of(delivery)).getFirst();

        assertThat(disposition).isInstanceOfSatisfying(Disposition.Dead.class, dead -> {
            var letter = DeadLetters.of(delivery, dead, NOW);
            assertThat(Requeue.of(letter)).contains(requeue);
            assertThat(DeadLetterIdentity.of(letter).deadLetterId()).isEqualTo(requeue.deadLetterId());
        });
    }

    @Test
    void receivedIsStoredAndDuplicatesAndDeadAndReturned() {
        var wagers = IntStream.range(0, 10).mapToObj(i -> aWager().build()).toList();
        store.refuse(wagers.get(3), Kind.DATA);
        handle(wagers);
        handle(wagers.subList(0, 6));
        listener.handle(List.of(delivery("[]", 1), delivery("", 1)));
        stopping.set(true);
        store.failNext(Kind.OUTAGE);
        assertThatThrownBy(() -> handle(wagers)).isInstanceOf(StoreException.class);

        var dead = Arrays.stream(DeadLetterReason.values())
                .mapToDouble(reason -> meters.get("wager.ingest.dead")
                        .tag("reason", reason.wireForm())
                        .counter()
                        .count())
                .sum();
        assertThat(count("wager.ingest.received"))
                .isEqualTo(28)
                .isEqualTo(count("wager.ingest.stored")
                        + count("wager.ingest.duplicates")
                        + dead
                        + count("wager.ingest.returned"));
    }

    private List<Disposition> handle(List<Wager> wagers) {
        return listener.handle(
                wagers.stream().map(WagerBatchListenerTest::delivery).toList());
    }

    private double count(String counter) {
        return meters.get(counter).counter().count();
    }

    private static List<@Nullable String> reasons(List<Disposition> dispositions) {
        return dispositions.stream()
                .<@Nullable String>map(disposition -> disposition instanceof Disposition.Dead dead
                        ? dead.reason().wireForm()
                        : null)
                .toList();
    }

    private static Delivery delivery(Wager wager) {
        return new Delivery(message(WagerEncoder.encode(wager), 1, NOW), Topology.WAGERS, 1);
    }

    private static Delivery requeued(Wager wager, Requeue requeue) {
        return new Delivery(requeue.message(delivery(wager).message()), Topology.WAGERS, 1);
    }

    private static Delivery delivery(String body, @Nullable Integer schemaVersion) {
        return new Delivery(message(body.getBytes(StandardCharsets.UTF_8), schemaVersion, NOW), Topology.WAGERS, 1);
    }

    private static Message message(byte[] body, @Nullable Integer schemaVersion, Instant timestamp) {
        Map<String, Object> headers =
                schemaVersion == null ? Map.of() : Map.of(MessageHeaders.SCHEMA_VERSION, schemaVersion);
        return new Message("id", MessageHeaders.WAGER_TYPE, MessageHeaders.JSON, null, timestamp, headers, body);
    }

    private WagerBatchListener listener() {
        var metrics = new IngestMetrics(meters);
        var outage = TestBreakers.retry(Integer.MAX_VALUE, Kind.PASSING, stopping);
        outage.getEventPublisher().onRetry(event -> metrics.retried());
        var breaker = TestBreakers.of(TestBreakers.registry(), meters, stopping).ingest();
        return new WagerBatchListener(
                new WagerMessageDecoder(new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(NOW, ZoneOffset.UTC)),
                new WagerBatchWriter(
                        store,
                        new BatchSettlement(breaker, outage, TestBreakers.retry(4, Set.of(Kind.UNKNOWN), stopping)),
                        metrics,
                        new DeadLetterMetrics(meters)),
                metrics);
    }
}
