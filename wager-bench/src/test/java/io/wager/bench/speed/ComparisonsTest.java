package io.wager.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Comparisons.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonsTest {

    private final Measurements measurements = new Measurements();

    @Test
    void takesTheRatioOfEachRoundAndThenTheMedianOfTheRatios() {
        measured("ours", 10, 90, 40);
        measured("limit", 100, 100, 50);

        var line = line("limit", Aim.atLeast(0.8));

        // The ratio of the medians would be 0.4.
        assertThat(line.ratio()).isEqualTo(0.8, within(1e-9));
        assertThat(line.value()).isEqualTo(40);
        assertThat(line.limit()).isEqualTo(100);
        assertThat(line.lowest()).isEqualTo(0.1, within(1e-9));
        assertThat(line.highest()).isEqualTo(0.9, within(1e-9));
        assertThat(line.isReached()).isTrue();
    }

    @Test
    void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
        measured("ours", 4, 1, 3, 100);

        assertThat(line(null, Aim.atMost(3.5)).value()).isEqualTo(3.5);
        assertThat(line(null, Aim.atMost(3.5)).isReached()).isTrue();
        assertThat(line(null, Aim.atMost(3.4)).isReached()).isFalse();
    }

    @Test
    void judgesTheRatioAndNotTheValueWhereThereIsALimit() {
        measured("ours", 10);
        measured("limit", 100);

        assertThat(line("limit", Aim.atLeast(0.2)).isReached()).isFalse();
    }

    @Test
    void judgesNothingWithoutAnAim() {
        measured("ours", 10);

        var line = line(null, null);

        assertThat(line.isReached()).isNull();
        assertThat(Comparisons.table(List.of(line))).contains("ours", "10.00").doesNotContain("reached", "MISSED");
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        assertThat(Comparisons.of(List.of(new Comparison("ours", null, Aim.atLeast(1), "ms")), measurements))
                .isEmpty();
    }

    @Test
    void refusesALimitThatIsMissingInARound() {
        measured("ours", 1, 2);
        measured("limit", 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> line("limit", Aim.atLeast(1)))
                .withMessageContaining("ours was measured 2 times and limit 1 times");
    }

    @Test
    void saysWhatWasMissedAndByHowMuch() {
        measured("ours", 30_000);
        measured("limit", 60_000);

        assertThat(Comparisons.table(List.of(line("limit", Aim.atLeast(0.6)))))
                .contains("30,000", "60,000", "0.50", ">= 0.60", "MISSED", "/ limit");
    }

    private void measured(String name, double... values) {
        for (var value : values) {
            measurements.add(name, value);
        }
    }

    private Line line(@Nullable String limit, @Nullable Aim aim) {
        return Comparisons.of(List.of(new Comparison("ours", limit, aim, "ms")), measurements)
                .getFirst();
    }
}
