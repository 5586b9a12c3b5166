package io.wager.consumer.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.queue.Stopping;
import io.wager.consumer.queue.StoreBreakers;
import io.wager.consumer.queue.TestBreakers;
import io.wager.consumer.settlement.BatchSettlement.Blamed;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BatchSettlementTest {

    /** Of a batch as a whole: what the retry has, and one look at the system. */
    private static final int TRIES_OF_A_BATCH = 4 + 1;

    private final CircuitBreakerRegistry registry = TestBreakers.registry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Stopping stopping = new Stopping();
    private final StoreBreakers breakers = TestBreakers.of(registry, meters, stopping);
    private final AtomicInteger pauses = pauses();
    private final BatchSettlement settlement = new BatchSettlement(
            breakers.ingest(),
            TestBreakers.retry(Integer.MAX_VALUE, Kind.PASSING, stopping),
            TestBreakers.retry(4, Set.of(Kind.UNKNOWN), stopping));
    private final FakeTransactions database = new FakeTransactions();

    @Test
    void aBatchIsOneTransaction() {
        assertThat(settle(batchOf(500))).isEmpty();

        assertThat(database.stored()).hasSize(500);
        assertThat(database.transactions()).isOne();
        assertThat(database.rehearsals()).isZero();
    }

    @ParameterizedTest
    @MethodSource("poisonInABatchOf500")
    void poisonOfAnUnknownKindIsIsolatedInABoundedNumberOfTransactions(List<Integer> poison) {
        poison.forEach(item -> database.refuse(item, Kind.UNKNOWN));

        var blamed = settle(batchOf(500));

        assertThat(blamed).extracting(Blamed::item).containsExactlyElementsOf(poison);
        assertThat(database.stored()).hasSize(500 - poison.size()).doesNotContainAnyElementsOf(poison);
        assertThat(database.transactions())
                .as("tries of the batch, and for each poison the parts of 9 levels and two more tries of it alone")
                .isLessThanOrEqualTo(TRIES_OF_A_BATCH + poison.size() * (2 * 9 + 2));
        assertThat(database.rehearsals()).isEqualTo(1 + 3 * poison.size());
        assertThat(pauses).hasValue(0);
    }

    static List<List<Integer>> poisonInABatchOf500() {
        return List.of(
                List.of(0),
                List.of(499),
                List.of(250),
                List.of(0, 1),
                List.of(17, 400),
                List.of(0, 250, 499),
                List.of(123, 124, 125));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DATA"})
    void aPoisonThatIsAloneInItsBatchIsBlamed(Kind kind) {
        database.refuse(0, kind);

        assertThat(settle(batchOf(1)))
                .singleElement()
                .returns(kind, blamed -> blamed.failure().kind());

        assertThat(database.transactions()).isLessThanOrEqualTo(TRIES_OF_A_BATCH + 2);
        assertThat(pauses).hasValue(0);
    }

    @Test
    void refusedDataIsFoundWithoutRetries() {
        database.refuse(41, Kind.DATA);
        database.refuse(77, Kind.DATA);

        assertThat(settle(batchOf(100))).extracting(Blamed::item).containsExactly(41, 77);

        assertThat(database.stored()).hasSize(98);
        assertThat(database.transactions())
                .as("two paths of log2(100) and their siblings")
                .isLessThan(32);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DATA"})
    void whenEverythingFailsItIsTheSystemThatIsWaitedOutAndNothingIsBlamed(Kind kind) throws Exception {
        for (var size : List.of(20, 1)) {
            database.breakWith(kind);
            var paused = pauses.get();

            var settling = CompletableFuture.supplyAsync(() -> settle(batchOf(size)));
            await().until(() -> pauses.get() > paused + 3);

            assertThat(settling).isNotDone();
            assertThat(details()).containsEntry("paused", true).containsEntry("kind", "unknown-system-failure");
            database.mend();
            assertThat(settling.get()).isEmpty();
            assertThat(database.stored()).hasSize(20);
            await().until(() -> Boolean.FALSE.equals(details().get("paused")));
        }
        assertThat(meters.get("wager.consume.system.failures")
                        .tag("listener", "ingest")
                        .tag("kind", "unknown-system-failure")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aSystemThatBreaksWhilePoisonIsIsolatedKeepsWhatIsSettledAndTriesTheRestAgain() throws Exception {
        database.refuse(3, Kind.UNKNOWN);
        database.refuse(400, Kind.UNKNOWN);
        database.breakAfterStoring(200, Kind.UNKNOWN);

        var settling = CompletableFuture.supplyAsync(() -> settle(batchOf(500)));
        await().until(() -> pauses.get() > 0);

        var storedBefore = Set.copyOf(database.stored());
        assertThat(storedBefore).hasSizeGreaterThanOrEqualTo(200).hasSizeLessThan(498);
        database.mend();
        assertThat(settling.get()).extracting(Blamed::item).containsExactly(3, 400);
        assertThat(database.stored()).hasSize(498).containsAll(storedBefore);
        assertThat(database.storedTwice()).isEmpty();
    }

    @Test
    void failuresByChanceBlameNobody() {
        for (var seed = 0; seed < 100; seed++) {
            database.failHalfOfAllTransactions(new Random(seed));

            assertThat(settle(IntStream.range(seed * 20, seed * 20 + 20).boxed().toList()))
                    .as("seed " + seed)
                    .isEmpty();
        }
        assertThat(database.stored()).hasSize(2_000);
    }

    @Test
    void aRehearsalThatTheDatabaseNeverTakesKeepsNoPoisonAmongItsNeighbours() {
        database.refuseRehearsals();
        database.refuse(123, Kind.UNKNOWN);

        assertThat(settle(batchOf(500))).extracting(Blamed::item).containsExactly(123);
        assertThat(database.stored()).hasSize(499);
        assertThat(pauses).hasValue(0);
    }

    @Test
    void whatCrashesTheTransactionIsBlamedAlone() {
        var crashes = Map.<Integer, Throwable>of(
                7, new IllegalStateException("crash"),
                30, new StackOverflowError(),
                99, new NoClassDefFoundError("gone"));
        database.crashOn(crashes);

        var blamed = settle(batchOf(100));

        assertThat(blamed).extracting(Blamed::item).containsExactly(7, 30, 99);
        assertThat(blamed)
                .extracting(one -> one.failure().getCause())
                .containsExactlyElementsOf(List.of(crashes.get(7), crashes.get(30), crashes.get(99)));
        assertThat(database.stored()).hasSize(97);
    }

    @Test
    void memoryThatIsUsedUpIsNobodysToBisect() {
        database.crashOn(Map.of(7, new OutOfMemoryError("told to")));

        assertThatThrownBy(() -> settle(batchOf(100))).isInstanceOf(OutOfMemoryError.class);

        assertThat(database.transactions()).isOne();
    }

    @Test
    void whatFailsWhileTheServiceStopsIsGivenBack() {
        database.breakWith(Kind.UNKNOWN);
        stopping.set(true);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> settle(batchOf(3)))
                .returns(Kind.OUTAGE, StoreException::kind);
    }

    @Test
    void aDatabaseThatIsMisconfiguredIsWaitedOutAndTold() throws Exception {
        database.breakWith(Kind.MISCONFIGURED);

        var settling = CompletableFuture.supplyAsync(() -> settle(batchOf(3)));
        await().until(() -> pauses.get() > 3);

        assertThat(details())
                .containsEntry("kind", "misconfigured")
                .containsEntry("cause", "SQLException")
                .containsEntry("code", 50_000)
                .containsEntry("sqlState", "S0001");
        database.mend();
        assertThat(settling.get()).isEmpty();
        assertThat(database.rehearsals()).isZero();
    }

    private List<Blamed<Integer>> settle(List<Integer> batch) {
        return settlement.settle(database, batch);
    }

    private Map<String, Object> details() {
        return TestBreakers.details(breakers);
    }

    private AtomicInteger pauses() {
        var count = new AtomicInteger();
        registry.circuitBreaker("wager-store").getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.OPEN) {
                count.incrementAndGet();
            }
        });
        return count;
    }

    private static List<Integer> batchOf(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    static StoreException failure(Kind kind) {
        return new StoreException(kind, "told to fail", new SQLException("secret", "S0001", 50_000));
    }
}
