package io.wager.standalone.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services as processes of their own, told to stop by SIGTERM and started again one after the other under a steady load,
 * as a roll-out does. Clients send nothing twice: nothing may go wrong that a client would notice.
 */
class ServicesDrainIT {

    /** What the JVM ends with that stopped in order because of a SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    private Services services;
    private ServiceProcess consumer;
    private ServiceProcess oneApi;
    private ServiceProcess otherApi;

    @BeforeEach
    void startEverything() throws Exception {
        services = new Services(folder);
        consumer = services.start("wager-consumer", "--wager.ingest.batch-wait=5ms");
        oneApi = services.start("wager-api", "--wager.shutdown.readiness-delay=2s");
        otherApi = services.start("wager-api", "--wager.shutdown.readiness-delay=2s");
        List.of(consumer, oneApi, otherApi).forEach(ServiceProcess::awaitReady);
    }

    @AfterEach
    void stopEverything() {
        services.close();
    }

    @Test
    void aRollOutUnderLoadFailsNoRequestAndRedeliversNothingThatWasCommitted() throws Exception {
        try (var balancer = new Balancer(List.of(oneApi, otherApi))) {
            awaitSeen(balancer, oneApi);
            awaitSeen(balancer, otherApi);
            try (var load = SteadyLoad.ofNewWagers(balancer::next, 20261121)) {
                for (var api : List.of(oneApi, otherApi)) {
                    awaitAnswers(load, api);
                    assertThat(api.stop()).isEqualTo(TERMINATED);
                    api.start().awaitReady();
                    awaitSeen(balancer, api);
                    awaitAnswers(load, api);
                }
                for (var round = 0; round < 2; round++) {
                    awaitStoredByThisConsumer();
                    assertThat(duplicates()).isZero();
                    assertThat(consumer.stop()).isEqualTo(TERMINATED);
                    consumer.start().awaitReady();
                }
                load.finish();

                assertThat(load.failures()).isEmpty();
                assertThat(load.lastAnswers()).isPositive();
                services.awaitTotals(oneApi, load.accepted());
                assertThat(duplicates()).isZero();
            }
        }
    }

    private static void awaitSeen(Balancer balancer, ServiceProcess api) {
        await().atMost(Duration.ofMinutes(2)).until(() -> balancer.sees(api));
    }

    private static void awaitAnswers(SteadyLoad load, ServiceProcess api) {
        var before = load.answersOf(api);
        await().atMost(Duration.ofMinutes(3)).until(() -> load.answersOf(api) > before + 100);
    }

    private void awaitStoredByThisConsumer() {
        await().atMost(Duration.ofMinutes(3)).until(() -> services.meter(consumer, "wager_ingest_stored_total") > 200);
    }

    private double duplicates() throws IOException, InterruptedException {
        return services.meter(consumer, "wager_ingest_duplicates_total");
    }
}
