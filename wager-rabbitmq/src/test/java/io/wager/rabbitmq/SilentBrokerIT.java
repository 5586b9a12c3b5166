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
import io.wager.testkit.StallingProxy;
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
    private static final int NO_HEARTBEAT = 0;

    private StallingProxy proxy;

    @BeforeEach
    void openProxy() throws Exception {
        var broker = RabbitMqServer.shared().connectionFactory();
        proxy = new StallingProxy(broker.getHost(), broker.getPort());
    }

    @AfterEach
    void closeProxy() throws Exception {
        proxy.close();
        RabbitMqServer.shared().deleteTopology();
    }

    @Test
    void publishesEndAtTheirDeadlineAndTheConnectionIsReplaced() throws Exception {
        try (var publisher = connect(Duration.ofMillis(500), 1)) {
            publish(publisher).join();

            proxy.stall();
            var first = publishAllThatMayBeUnderWay(publisher);
            assertThat(reasons(first)).containsOnly(Reason.UNCONFIRMED);
            // By the heartbeat, two seconds of silence.
            await().atMost(PATIENCE).until(() -> publisher.state() == State.DISCONNECTED);
            assertThat(reason(publish(publisher))).isEqualTo(Reason.UNREACHABLE);
            proxy.goOn();

            RabbitEnds.awaitReady(publisher);
            publish(publisher).join();
            assertThat(publisher.roomLeft()).isEqualTo(MOST_UNDER_WAY);
        }
    }

    @Test
    void whatFindsNoRoomIsRefusedWhileThereIsTimeLeftForAConfirm() throws Exception {
        try (var publisher = connect(Duration.ofSeconds(4), NO_HEARTBEAT)) {
            proxy.stall();
            var first = publishAllThatMayBeUnderWay(publisher);

            // Waits for room on this thread, and gives up before the deadline of the first makes any.
            var last = publish(publisher);

            assertThat(first).noneMatch(CompletableFuture::isDone);
            assertThat(reason(last)).isEqualTo(Reason.SATURATED);
            assertThat(reasons(first)).containsOnly(Reason.UNCONFIRMED);
            await().atMost(PATIENCE).until(() -> publisher.roomLeft() == MOST_UNDER_WAY);
        }
    }

    private RabbitMessagePublisher connect(Duration confirmTimeout, int heartbeatSeconds) {
        var factory = RabbitMqServer.shared().connectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(proxy.port());
        factory.setRequestedHeartbeat(heartbeatSeconds);
        factory.setConnectionTimeout(1_000);
        factory.setHandshakeTimeout(2_000);
        factory.setChannelRpcTimeout(2_000);
        var publisher = new RabbitMessagePublisher(
                () -> factory.newConnection("wager-publish"),
                new MessagingProperties(true, 0, PATIENCE),
                new PublishProperties(confirmTimeout, MOST_UNDER_WAY, 2),
                new SimpleMeterRegistry());
        RabbitEnds.awaitReady(publisher);
        return publisher;
    }

    private static List<CompletableFuture<Void>> publishAllThatMayBeUnderWay(RabbitMessagePublisher publisher) {
        return IntStream.range(0, MOST_UNDER_WAY)
                .mapToObj(i -> publish(publisher))
                .toList();
    }

    private static CompletableFuture<Void> publish(RabbitMessagePublisher publisher) {
        return publisher.publish(Topology.WAGERS, new Message("id", null, null, null, null, Map.of(), new byte[100]));
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
