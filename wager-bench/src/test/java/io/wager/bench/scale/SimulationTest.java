package io.wager.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofMillis(20);
    private static final long SEED = 1;

    /** 100 for the broker and consumer, 100 a row: on one core, 5,000 a second. */
    private static final UnitCosts COSTS = new UnitCosts(50, 50, 40, 30, 70, 0, 100, 1_000);

    @Test
    void aBacklogIsWorkedOffAsFastAsOneCoreDoesItsWork() {
        var outcome =
                Simulation.run(COSTS, Site.ofOneMachine(1, 1, 500, WAIT), new Load(0, 1, 10_000_000), MINUTE, SEED);

        assertThat(outcome.storedPerSecond()).isCloseTo(5_000, within(50.0));
        assertThat(outcome.api()).isCloseTo(1, within(0.01));
    }

    @Test
    void aConsumerPreparesABatchWhileItStoresOneAndStoresOneAtATime() {
        var costs = new UnitCosts(0, 0, 0, 30, 70, 0, 300, 0);
        var backlog = new Load(0, 1, 10_000_000);

        var one = Simulation.run(costs, Site.ofOneMachine(2, 1, 500, WAIT), backlog, MINUTE, SEED);
        var two = Simulation.run(costs, Site.ofOneMachine(2, 2, 500, WAIT), backlog, MINUTE, SEED);

        assertThat(one.storedPerSecond()).isCloseTo(1_000_000 / 300.0, within(50.0));
        assertThat(two.storedPerSecond()).isCloseTo(2 * 1_000_000 / 400.0, within(100.0));
        assertThat(two.api()).isCloseTo(1, within(0.01));
    }

    @Test
    void aTransactionIsPaidOnceABatch() {
        var costs = new UnitCosts(0, 0, 0, 0, 0, 10_000, 100, 0);
        var outcome =
                Simulation.run(costs, Site.ofOneMachine(1, 1, 100, WAIT), new Load(0, 1, 10_000_000), MINUTE, SEED);

        assertThat(outcome.storedPerSecond()).isCloseTo(100 * 1_000_000 / 20_000.0, within(50.0));
    }

    @Test
    void whatComesSlowerThanItIsStoredWaitsForItsBatchAndItsWork() {
        var outcome = Simulation.run(COSTS, Site.ofOneMachine(2, 1, 500, WAIT), new Load(100, 1, 0), MINUTE, SEED);

        assertThat(outcome.storedPerSecond()).isCloseTo(100, within(5.0));
        assertThat(outcome.depthAtEnd()).isLessThan(20);
        assertThat(outcome.queryableP50Millis()).isBetween(0.2, 25.0);
        assertThat(outcome.queryableP99Millis()).isBetween(20.0, 50.0);
        assertThat(outcome.acceptP99Millis()).isBetween(1.1, 5.0);
    }

    @Test
    void whatComesFasterThanItIsStoredPilesUp() {
        var outcome = Simulation.run(COSTS, Site.ofOneMachine(2, 1, 500, WAIT), new Load(9_000, 100, 0), MINUTE, SEED);

        assertThat(outcome.depthAtEnd()).isGreaterThan(10_000);
    }

    @Test
    void brokersAndShardsShareTheWorkOfTheirQueues() {
        var one = new Site(false, 64, 1, 4, 8, 64, 16, 1, 1, 500, WAIT);
        var four = new Site(false, 64, 4, 4, 8, 64, 16, 4, 1, 500, WAIT);
        var load = new Load(0, 1, 10_000_000);

        var narrow = Simulation.run(COSTS, one, load, MINUTE, SEED);
        var wide = Simulation.run(COSTS, four, load, MINUTE, SEED);

        assertThat(narrow.storedPerSecond()).isCloseTo(10_000, within(200.0));
        assertThat(wide.storedPerSecond()).isCloseTo(40_000, within(800.0));
    }

    @Test
    void aSeedRepeatsARun() {
        var site = Site.ofOneMachine(2, 1, 500, WAIT);
        var load = new Load(1_000, 1, 0);

        assertThat(Simulation.run(COSTS, site, load, Duration.ofSeconds(5), SEED))
                .isEqualTo(Simulation.run(COSTS, site, load, Duration.ofSeconds(5), SEED));
    }
}
