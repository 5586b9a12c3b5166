package io.wager.api.support;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.PublishFailedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A publisher that keeps what it is given and answers as it is told; at first everything is durable at once. */
public final class FakePublisher implements MessagePublisher {

    private final List<Published> published = new CopyOnWriteArrayList<>();
    private volatile State state = State.READY;
    private volatile Function<Message, CompletableFuture<Void>> answer = message -> durable();

    /** A future that is complete. */
    public static CompletableFuture<Void> durable() {
        return CompletableFuture.completedFuture(null);
    }

    /** A future that has failed. */
    public static CompletableFuture<Void> failed(PublishFailedException.Reason reason) {
        return CompletableFuture.failedFuture(new PublishFailedException(reason, "told to fail"));
    }

    /** From now on, answers so. */
    public void answer(Function<Message, CompletableFuture<Void>> newAnswer) {
        answer = newAnswer;
    }

    /** From now on, is in this state. */
    public void become(State newState) {
        state = newState;
    }

    /** As at first. */
    public void reset() {
        published.clear();
        state = State.READY;
        answer = message -> durable();
    }

    /** Everything it was given, in order. */
    public List<Published> published() {
        return List.copyOf(published);
    }

    @Override
    public CompletableFuture<Void> publish(Destination destination, Message message) {
        published.add(new Published(destination, message));
        return answer.apply(message);
    }

    @Override
    public State state() {
        return state;
    }

    /** One message and where it went. */
    public record Published(Destination destination, Message message) {}
}
