package io.wager.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.bench.rig.Rig;
import io.wager.testkit.TrainedJar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One round of every fault but that which takes minutes, with two instances of each service. */
class FaultRunIT {

    @Test
    void everyFaultOnceLosesNothingAndCountsNothingTwice() throws Exception {
        var folder = Files.createTempDirectory(Path.of("target"), "fault-run-");
        try (var rig = new Rig(folder, jar("wager-api"), jar("wager-consumer"), 2, 2)) {
            var plan = FaultPlan.brief(20261121);
            var verdict = new FaultRun(plan, rig).run();

            assertThat(verdict.isGood()).as(verdict.text()).isTrue();
            assertThat(verdict.faults()).hasSameSizeAs(plan.faults());
        }
    }

    private static Path jar(String module) {
        return TrainedJar.of(Path.of("..", module, "target", module + "-exec.jar"));
    }
}
