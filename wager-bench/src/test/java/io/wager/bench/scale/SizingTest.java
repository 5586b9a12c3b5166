package io.wager.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SizingTest {

    private static final UnitCosts COSTS = new UnitCosts(200, 50, 40, 30, 70, 10_000, 100, 2_000);

    @Test
    void coresAreTheWorkOfASecondOverTheShareThatIsUsed() {
        var site = new Sizing(10_000, 100, 500, 4, 0.5).site(COSTS);

        assertThat(site.apiCores()).as("10,000 x 52 us / 0.5").isEqualTo(2);
        assertThat(site.partitions()).as("10,000 x 70 us / 0.5").isEqualTo(2);
        assertThat(site.brokers()).isEqualTo(1);
        assertThat(site.consumerCores()).as("10,000 x 70 us / 0.5").isEqualTo(2);
        assertThat(site.consumers()).as("10,000 x (30 + 70 + 120) us / 0.5").isEqualTo(5);
        assertThat(site.databases()).as("10,000 x 120 us / 0.5 / 4 cores").isEqualTo(1);
    }

    @Test
    void aSiteOfThatSizeKeepsUp() {
        for (var rate : new double[] {1_000, 20_000, 100_000}) {
            var sizing = new Sizing(rate, 100, 500, 8, 0.5);

            var outcome = Simulation.run(COSTS, sizing.site(COSTS), sizing.load(), Duration.ofSeconds(20), 1);

            assertThat(outcome.depthAtEnd()).as("waiting at " + rate).isLessThan((long) rate);
            assertThat(outcome.storedPerSecond()).isCloseTo(rate, within(rate / 10));
            assertThat(outcome.database()).isLessThan(0.6);
        }
    }

    @Test
    void withAQuarterOfTheConsumersWagersPileUp() {
        var sizing = new Sizing(50_000, 100, 500, 8, 0.5);
        var site = sizing.site(COSTS);
        var narrow = new Site(
                false,
                site.apiCores(),
                site.brokers(),
                site.brokerCores(),
                site.partitions(),
                site.consumerCores(),
                site.consumers() / 4,
                site.databases(),
                site.databaseCores(),
                site.batchSize(),
                site.batchWait());

        var outcome = Simulation.run(COSTS, narrow, sizing.load(), Duration.ofSeconds(20), 1);

        assertThat(outcome.depthAtEnd()).isGreaterThan(50_000);
    }
}
