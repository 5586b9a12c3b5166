package io.wager.standalone.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class ProcessLivenessTest {

    @Test
    void whatIsBrokenTurnsLivenessFalseUntilAllOfItIsMended() {
        try (var context = new AnnotationConfigApplicationContext(ApplicationAvailabilityBean.class)) {
            var availability = context.getBean(ApplicationAvailability.class);
            var liveness = new ProcessLiveness(context);
            var cause = new IllegalStateException("as the test wants it");

            liveness.broken("one", cause);
            liveness.broken("other", cause);
            liveness.mended("one");

            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.BROKEN);

            liveness.mended("other");

            assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);
        }
    }

    @Test
    void whatAWatchdogFoundBrokenStaysBroken() {
        try (var context = new AnnotationConfigApplicationContext(ApplicationAvailabilityBean.class)) {
            var liveness = new ProcessLiveness(context);
            context.addApplicationListener(liveness);
            var watchdog = new Object();

            liveness.broken("one", new IllegalStateException("as the test wants it"));
            AvailabilityChangeEvent.publish(context, watchdog, LivenessState.BROKEN);
            liveness.mended("one");

            assertThat(context.getBean(ApplicationAvailability.class).getLivenessState())
                    .isEqualTo(LivenessState.BROKEN);
        }
    }
}
