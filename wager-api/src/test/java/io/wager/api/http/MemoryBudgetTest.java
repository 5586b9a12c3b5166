package io.wager.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MemoryBudgetTest {

    private static final long HEAP = DataSize.ofMegabytes(256).toBytes();
    private static final int LARGE = MemoryBudget.SMALL_BODY_BYTES + 1;
    private static final int USUAL = 1024;

    /** As many as the bulkhead of single wagers lets in. */
    private static final int SINGLES = 2_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void largeBodiesCanNeverTakeTheRoomOfAllTheSmallWagersThatMayBeInProgress() {
        var budget = new MemoryBudget(MemoryBudget.size(properties(null), HEAP), meters);
        while (take(budget, LARGE)) {}
        assertThat(budget.hasRoomFor(LARGE)).isFalse();

        for (var single = 0; single < SINGLES; single++) {
            assertThat(take(budget, USUAL)).as("small wager %s", single).isTrue();
        }
    }

    @Test
    void neverHoldsMoreThanItsLimit() {
        var budget = new MemoryBudget(1_000_000, meters);

        while (take(budget, USUAL)) {}

        assertThat(budget.used()).isBetween(1_000_000 - MemoryBudget.weightOf(USUAL), 1_000_000L);
    }

    @Test
    void whatIsRefusedTakesNothing() {
        var budget = new MemoryBudget(1_000_000, meters);

        assertThat(take(budget, 1_000_000)).isFalse();

        assertThat(budget.used()).isZero();
    }

    @Test
    void theDefaultHoldsTheLargestBatchOnTheSmallestHeapThatIsDocumented() {
        var budget = new MemoryBudget(MemoryBudget.size(properties(null), HEAP), meters);

        assertThat(budget.hasRoomFor(DataSize.ofMegabytes(8).toBytes())).isTrue();
    }

    @Test
    void theSizeThatIsNamedIsTheLeastThatHoldsTheLargestBatch() {
        assertThatThrownBy(() -> MemoryBudget.size(properties(DataSize.ofMegabytes(16)), HEAP))
                .hasMessageContaining("wager.http.memory-budget must be at least 56029190B")
                .hasMessageContaining("wager.http.max-batch-size");

        var least = MemoryBudget.size(properties(DataSize.ofBytes(56_029_190)), HEAP);
        assertThat(new MemoryBudget(least, meters)
                        .hasRoomFor(DataSize.ofMegabytes(8).toBytes()))
                .isTrue();
        assertThatThrownBy(() -> MemoryBudget.size(properties(DataSize.ofBytes(56_029_189)), HEAP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSmallerHeapGivesWhatTheLargestBatchNeedsAndOneTooSmallForItIsSaidToBe() {
        assertThat(MemoryBudget.size(properties(null), DataSize.ofMegabytes(128).toBytes()))
                .isEqualTo(56_029_190);

        assertThatThrownBy(() -> MemoryBudget.size(
                        properties(null), DataSize.ofMegabytes(64).toBytes()))
                .hasMessageContaining("wager.http.memory-budget")
                .hasMessageContaining("half of the heap");
    }

    @Test
    void moreThanHalfOfTheHeapIsRefused() {
        assertThatThrownBy(() -> MemoryBudget.size(properties(DataSize.ofMegabytes(129)), HEAP))
                .hasMessageContaining("wager.http.memory-budget")
                .hasMessageContaining("134217728B");
    }

    @Test
    void isMetered() {
        var budget = new MemoryBudget(1_000_000, meters);

        take(budget, USUAL);
        budget.refused();

        assertThat(meters.get("wager.http.memory.used").gauge().value())
                .isEqualTo((double) MemoryBudget.weightOf(USUAL));
        assertThat(meters.get("wager.http.memory.limit").gauge().value()).isEqualTo(1_000_000);
        assertThat(meters.get("wager.http.memory.refusals").counter().count()).isOne();
    }

    private static boolean take(MemoryBudget budget, int bodyBytes) {
        return budget.tryTake(MemoryBudget.weightOf(bodyBytes), bodyBytes);
    }

    private static HttpProperties properties(@Nullable DataSize budget) {
        return new HttpProperties(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(8), 1_000, budget, Duration.ZERO, Duration.ofSeconds(10));
    }
}
