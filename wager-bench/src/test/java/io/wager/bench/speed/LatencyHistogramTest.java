package io.wager.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wager.bench.speed.Measurements.Point;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void tellsPercentilesInMilliseconds() {
        var histogram = new LatencyHistogram();
        LongStream.rangeClosed(1, 1_000).map(TimeUnit.MILLISECONDS::toNanos).forEach(histogram::record);

        assertThat(histogram.millis(50)).isEqualTo(500, within(1.0));
        assertThat(histogram.millis(99)).isEqualTo(990, within(1.0));
        assertThat(histogram.millis(99.9)).isEqualTo(999, within(1.0));
        assertThat(histogram.maxMillis()).isEqualTo(1_000, within(1.0));
    }

    @Test
    void drawsItsCurveAsFarAsItHasValues() {
        var histogram = new LatencyHistogram();
        LongStream.rangeClosed(1, 100).map(TimeUnit.MILLISECONDS::toNanos).forEach(histogram::record);

        var curve = histogram.curve();

        assertThat(curve).extracting(Point::y).isSorted();
        assertThat(curve.getLast().x()).isEqualTo(2, within(1e-9));
        assertThat(curve.getLast().y()).isEqualTo(99, within(0.2));
    }

    @Test
    void hasNothingToTellOfNothing() {
        assertThat(new LatencyHistogram().millis(99)).isZero();
    }
}
