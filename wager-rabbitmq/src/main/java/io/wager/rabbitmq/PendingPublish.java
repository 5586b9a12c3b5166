package io.wager.rabbitmq;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.PublishFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** One message on its way. Ends exactly once, whoever ends it first. */
final class PendingPublish {

    private final Destination destination;
    private final Message message;
    private final long startNanos;
    private final BiConsumer<PendingPublish, PublishOutcome> onEnd;
    private final CompletableFuture<Void> future = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * @param onEnd called once, before the future completes
     */
    PendingPublish(
            Destination destination,
            Message message,
            long startNanos,
            BiConsumer<PendingPublish, PublishOutcome> onEnd) {
        this.destination = destination;
        this.message = message;
        this.startNanos = startNanos;
        this.onEnd = onEnd;
    }

    Destination destination() {
        return destination;
    }

    Message message() {
        return message;
    }

    long startNanos() {
        return startNanos;
    }

    CompletableFuture<Void> future() {
        return future;
    }

    boolean isEnded() {
        return ended.get();
    }

    void end(PublishOutcome outcome, String detail) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            onEnd.accept(this, outcome);
        } finally {
            // Whatever happens: somebody holds room for it until it completes.
            var reason = outcome.reason();
            if (reason == null) {
                future.complete(null);
            } else {
                future.completeExceptionally(new PublishFailedException(reason, detail));
            }
        }
    }
}
