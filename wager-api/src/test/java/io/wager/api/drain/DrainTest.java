package io.wager.api.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.env.MockEnvironment;

class DrainTest {

    @Test
    void withoutADelayItStopsAtOnce() {
        var drain = drain(Duration.ZERO, "40s");
        drain.start();
        var stopped = new CountDownLatch(1);

        drain.stop(stopped::countDown);

        await().until(() -> stopped.getCount() == 0);
        assertThat(drain.isRunning()).isFalse();
        assertThat(drain.isDraining()).isTrue();
    }

    @Test
    void withADelayItHoldsUpWhateverStopsAfterIt() {
        var drain = drain(Duration.ofHours(1), "2h");
        drain.start();
        var stopped = new CountDownLatch(1);

        drain.stop(stopped::countDown);

        assertThat(stopped.getCount()).isEqualTo(1);
        assertThat(drain.isRunning()).isTrue();
        assertThat(drain.isDraining()).isTrue();
    }

    @Test
    void delayThatThePhaseWouldCutOffIsRefused() {
        assertThatThrownBy(() -> drain(Duration.ofSeconds(40), "40s"))
                .hasMessageContaining("wager.shutdown.readiness-delay")
                .hasMessageContaining("spring.lifecycle.timeout-per-shutdown-phase");
        assertThatThrownBy(() -> new ShutdownProperties(Duration.ofSeconds(-1)))
                .hasMessageContaining("wager.shutdown.readiness-delay");
    }

    private static Drain drain(Duration delay, String phaseTimeout) {
        var context = new StaticApplicationContext();
        context.setEnvironment(
                new MockEnvironment().withProperty("spring.lifecycle.timeout-per-shutdown-phase", phaseTimeout));
        return new Drain(context, new ShutdownProperties(delay));
    }
}
