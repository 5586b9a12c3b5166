package io.wager.bench.speed.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PerfTestTest {

    private static final String OUTPUT = """
            id: test-1, starting producer #0, channel #0
            id: test-1, time 1.012 s, sent: 6722 msg/s, returned: 0 msg/s, confirmed: 5138 msg/s, nacked: 0 msg/s
            id: test-1, time 2.001 s, sent: 10693 msg/s, returned: 0 msg/s, confirmed: 10000 msg/s, nacked: 0 msg/s
            id: test-1, time 3.001 s, sent: 8713 msg/s, returned: 0 msg/s, confirmed: 12000 msg/s, nacked: 0 msg/s
            test stopped (Reached time limit)
            id: test-1, sending rate avg: 9100 msg/s
            """;

    @Test
    void countsWhatIsConfirmedAfterTheWarmUp() {
        assertThat(PerfTest.rate(OUTPUT, 1)).isEqualTo(11_000);
    }

    @Test
    void failsIfNothingIsLeftToCount() {
        assertThatIllegalStateException().isThrownBy(() -> PerfTest.rate(OUTPUT, 3));
    }
}
