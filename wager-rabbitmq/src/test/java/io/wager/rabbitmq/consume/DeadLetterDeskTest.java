package io.wager.rabbitmq.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import io.wager.core.messaging.PublishFailedException.Reason;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeadLetterDeskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What was asked of the channel, such as {@code basicAck 7}. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final ByteBudget budget = new ByteBudget(1_000_000);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConsumeMetrics metrics = new ConsumeMetrics(registry, budget);
    private final Caution caution = new Caution(true);
    private final Holdings holdings =
            new Holdings(new BatchSettings(10, Duration.ZERO, 1), budget, caution, new Sizing());
    private final Intake intake = new Intake(channel(), holdings, caution, metrics, Map.of());
    private final FakePublisher publisher = new FakePublisher();
    private @Nullable DeadLetterDesk desk;

    @AfterEach
    void close() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void letterThatIsPublishedIsAcknowledged() {
        publisher.failure = null;

        give(null, 1);

        await().atMost(PATIENCE).until(() -> asked.contains("basicAck 1"));
        await().atMost(PATIENCE).until(() -> budget.held() == 0);
        assertThat(registry.get("wager.consume.parked").gauge().value()).isZero();
    }

    @Test
    void lettersThatCannotBePublishedAreKeptAndAcknowledged() {
        publisher.failure = Reason.BLOCKED;
        var kept = new CopyOnWriteArrayList<String>();

        give(letters -> kept.addAll(ids(letters)), 250);

        await().atMost(PATIENCE).until(() -> asked.size() == 250);
        assertThat(kept).doesNotHaveDuplicates().hasSize(250);
        assertThat(asked).allMatch(call -> call.startsWith("basicAck "));
        assertThat(registry.get("wager.consume.kept").counter().count()).isEqualTo(250);
    }

    @Test
    void letterThatIsNotKeptEitherHoldsUpNoOtherAndIsPublishedWhenThatGoesAgain() {
        publisher.failure = Reason.UNREACHABLE;
        var kept = new CopyOnWriteArrayList<String>();

        give(letters -> !ids(letters).contains("m-3") && kept.addAll(ids(letters)), 20);

        await().atMost(PATIENCE).until(() -> kept.size() == 19);
        assertThat(asked).hasSize(19).doesNotContain("basicAck 3");
        publisher.failure = null;
        await().atMost(PATIENCE).until(() -> asked.contains("basicAck 3"));
    }

    @Test
    void letterThatIsRefusedAgainAndAgainGoesBackToItsQueue() {
        publisher.failure = Reason.REFUSED;

        give(null, 1);

        await().atMost(PATIENCE).until(() -> asked.contains("basicNack 1"));
        assertThat(publisher.published).hasSize(3);
    }

    @Test
    void errorOfTheKeeperBringsTheMessageAgainAndTheDeskGoesOn() {
        publisher.failure = Reason.BLOCKED;

        give(
                letters -> {
                    throw new AssertionError("the keeper's failure, as the test wants it");
                },
                1);

        // Nothing is known of the letter: its channel is closed, so that its message comes again.
        await().atMost(PATIENCE).until(() -> !intake.isOpen());
        assertThat(desk).matches(DeadLetterDesk::isAlive, "is alive");
    }

    private void give(@Nullable DeadLetterKeeper keeper, int letters) {
        var fetch = new Fetch("queue", 1_000, false);
        var messages = LongStream.rangeClosed(1, letters)
                .mapToObj(tag -> Messages.message(tag, fetch, 10, 1))
                .toList();
        messages.forEach(holdings::add);
        holdings.park(messages);
        var taking = new DeadLetterDesk(publisher, keeper, metrics);
        desk = taking;
        taking.start();
        messages.forEach(message -> taking.take(message, message.delivery().message(), intake));
    }

    private static List<String> ids(List<Message> letters) {
        return letters.stream()
                .map(letter -> String.valueOf(letter.messageId()))
                .toList();
    }

    /** Only what is ours is mocked elsewhere; the client's channel has over a hundred methods, of which three are used. */
    private Channel channel() {
        return (Channel) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Channel.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "isOpen" -> true;
                        case "basicAck", "basicNack" -> ask(method.getName() + " " + arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private @Nullable Object ask(String call) {
        asked.add(call);
        return null;
    }

    private static final class FakePublisher implements MessagePublisher {

        private final List<String> published = new CopyOnWriteArrayList<>();
        private volatile @Nullable Reason failure;

        @Override
        public CompletableFuture<Void> publish(Destination destination, Message message) {
            published.add(String.valueOf(message.messageId()));
            var reason = failure;
            return reason == null
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new PublishFailedException(reason, "as the test wants it"));
        }

        @Override
        public State state() {
            return State.READY;
        }
    }
}
