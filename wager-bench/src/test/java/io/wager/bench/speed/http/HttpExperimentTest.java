package io.wager.bench.speed.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HttpExperimentTest {

    @Test
    void worksThatShareTheProcessorsAddUpTheirTimes() {
        // 2 ms and 3 ms for an item.
        assertThat(HttpExperiment.rateOfBoth(500, 1_000.0 / 3)).isEqualTo(200, within(1e-9));
    }
}
