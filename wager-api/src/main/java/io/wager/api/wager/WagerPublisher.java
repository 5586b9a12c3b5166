package io.wager.api.wager;

import io.wager.api.request.RequestTrace;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.Partitions;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Publishes wagers as the contract's messages, each to its player's partition where there are any. Safe for any number of threads. */
@Component
final class WagerPublisher {

    private final MessagePublisher publisher;
    private final Clock clock;
    private final Partitioning partitioning;

    WagerPublisher(MessagePublisher publisher, Clock clock, Partitioning partitioning) {
        this.publisher = publisher;
        this.clock = clock;
        this.partitioning = partitioning;
    }

    /** Completes as {@link MessagePublisher#publish} promises. */
    CompletableFuture<Void> publish(Wager wager, RequestTrace trace) {
        var message = new Message(
                wager.wagerId().toString(),
                MessageHeaders.WAGER_TYPE,
                MessageHeaders.JSON,
                trace.correlationId(),
                clock.instant(),
                Map.of(
                        MessageHeaders.SCHEMA_VERSION,
                        MessageHeaders.CURRENT_SCHEMA_VERSION,
                        MessageHeaders.TRACEPARENT,
                        trace.childTraceparent()),
                WagerEncoder.encode(wager));
        return publisher.publish(Partitions.destination(wager.accountId().value(), partitioning.partitions()), message);
    }
}
