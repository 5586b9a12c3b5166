package io.wager.standalone.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import io.wager.testkit.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The number of partitions changes from 0 to 4 to 2 by the documented steps, while clients post new wagers and repeats, and
 * consumers with concurrent batches store them.
 */
class PartitionsJourneyIT {

    @TempDir
    private Path folder;

    private Services services;

    @BeforeEach
    void startParts() throws Exception {
        services = new Services(folder);
    }

    @AfterEach
    void stopEverything() {
        services.close();
    }

    @Test
    void changingTheNumberOfPartitionsUnderLoadLosesNothingAndCountsNothingTwice() throws Exception {
        var oldConsumers = List.of(consumer(0), consumer(0));
        var oldApi = api(0).awaitReady();
        oldConsumers.forEach(ServiceProcess::awaitReady);
        var api = new AtomicReference<>(oldApi);
        try (var load = SteadyLoad.withRepeats(api::get, 20261122)) {
            awaitAnswers(load, oldApi);

            // Growing: the consumers first, then the APIs.
            var grownConsumers = List.of(consumer(4), consumer(4));
            grownConsumers.forEach(ServiceProcess::awaitReady);
            oldConsumers.forEach(ServiceProcess::stop);
            var grownApi = api(4).awaitReady();
            api.set(grownApi);
            oldApi.stop();
            awaitAnswers(load, grownApi);

            // Shrinking: the APIs first; the consumers when the queues that are too many are empty.
            var shrunkApi = api(2).awaitReady();
            api.set(shrunkApi);
            grownApi.stop();
            awaitAnswers(load, shrunkApi);
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> depth(Partitions.queue(2)) + depth(Partitions.queue(3)) == 0);
            var shrunkConsumer = consumer(2).awaitReady();
            grownConsumers.forEach(ServiceProcess::stop);
            awaitAnswers(load, shrunkApi);
            load.finish();

            assertThat(load.failures()).isEmpty();
            services.awaitTotals(shrunkApi, load.accepted());
            assertThat(services.meter(shrunkConsumer, "wager_ingest_stored_total"))
                    .isPositive();
            for (var queue : List.of(
                    Topology.WAGER_QUEUE,
                    Topology.DEAD_LETTER_QUEUE,
                    Partitions.queue(0),
                    Partitions.queue(1),
                    Partitions.queue(2),
                    Partitions.queue(3))) {
                assertThat(depth(queue)).as(queue).isZero();
            }
        }
    }

    private ServiceProcess consumer(int partitions) {
        return services.start(
                "wager-consumer", "--wager.messaging.partitions=" + partitions, "--wager.ingest.concurrency=2");
    }

    private ServiceProcess api(int partitions) {
        return services.start(
                "wager-api", "--wager.messaging.partitions=" + partitions, "--wager.shutdown.readiness-delay=1s");
    }

    private static void awaitAnswers(SteadyLoad load, ServiceProcess api) {
        var before = load.answersOf(api);
        await().atMost(Duration.ofMinutes(3)).until(() -> load.answersOf(api) > before + 100);
    }

    private long depth(String queue) throws Exception {
        try (var connection = services.broker().connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            return channel.messageCount(queue);
        }
    }
}
