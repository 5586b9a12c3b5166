package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of publishes when the broker falls silent with its connection open. */
class SilentBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_UNDER_WAY = 4;
    private static final PublishProperties SETTINGS = new PublishProperties(Duration.ofMillis(500), MOST_UNDER_WAY, 2);

    private StallingProxy proxy;
    private RabbitMessagePublisher publisher;

    @BeforeEach
    void connectThroughTheProxy() throws Exception {
        var factory = RabbitMqServer.shared().connectionFactory();
        proxy = new StallingProxy(factory.getHost(), factory.getPort());
        factory.setHost("127.0.0.1");
        factory.setPort(proxy.port());
        factory.setRequestedHeartbeat(1);
        factory.setConnectionTimeout(1_000);
        factory.setHandshakeTimeout(2_000);
        factory.setChannelRpcTimeout(2_000);
        publisher = new RabbitMessagePublisher(
                () -> factory.newConnection("wager-publish"),
                new MessagingProperties(true),
                SETTINGS,
                new SimpleMeterRegistry());
        RabbitEnds.awaitReady(publisher);
    }

    @AfterEach
    void close() throws Exception {
        publisher.close();
        proxy.close();
        RabbitMqServer.shared().deleteTopology();
    }

    @Test
    void publishesEndAtTheirDeadlineAndTheConnectionIsReplaced() {
        publish().join();

        proxy.stall();
        var first = IntStream.range(0, MOST_UNDER_WAY).mapToObj(i -> publish()).toList();
        assertThat(reasons(first)).containsOnly(Reason.UNCONFIRMED);
        // By the heartbeat, two seconds of silence.
        await().atMost(PATIENCE).until(() -> publisher.state() == State.DISCONNECTED);
        assertThat(reasons(List.of(publish()))).containsExactly(Reason.UNREACHABLE);
        proxy.goOn();

        RabbitEnds.awaitReady(publisher);
        publish().join();
        assertThat(publisher.roomLeft()).isEqualTo(MOST_UNDER_WAY);
    }

    @Test
    void moreThanMayBeUnderWayAreRefusedWhenNoRoomComesInTime() {
        proxy.stall();

        // The last finds no room until the first have run into their deadline, which is also its own.
        var all = IntStream.range(0, 2 * MOST_UNDER_WAY)
                .mapToObj(i -> publishElsewhere())
                .toList();

        assertThat(reasons(all)).contains(Reason.SATURATED).isSubsetOf(Reason.SATURATED, Reason.UNCONFIRMED);
        await().atMost(PATIENCE).until(() -> publisher.roomLeft() == MOST_UNDER_WAY);
    }

    private CompletableFuture<Void> publish() {
        return publisher.publish(Topology.WAGERS, new Message("id", null, null, null, null, Map.of(), new byte[100]));
    }

    /** On a thread of its own, since publishing may wait for room. */
    private CompletableFuture<Void> publishElsewhere() {
        var result = new CompletableFuture<Void>();
        var unused = Thread.startVirtualThread(() -> {
            try {
                result.complete(publish().join());
            } catch (CompletionException failed) {
                result.completeExceptionally(failed.getCause());
            }
        });
        return result;
    }

    private static List<Reason> reasons(List<CompletableFuture<Void>> futures) {
        return futures.stream().map(SilentBrokerIT::reason).toList();
    }

    private static Reason reason(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof PublishFailedException refused) {
                return refused.reason();
            }
            throw failed;
        }
        throw new AssertionError("was confirmed");
    }
}
