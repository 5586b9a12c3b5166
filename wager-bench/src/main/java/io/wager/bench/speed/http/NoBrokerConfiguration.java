package io.wager.bench.speed.http;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Takes the place of the broker in an API to whose classes this is added: every message is confirmed at once and forgotten.
 * What is left is what the server does by itself: HTTP, JSON, validation. No part of the product.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "wager.messaging.transport", havingValue = "none")
public class NoBrokerConfiguration {

    @Bean
    MessagePublisher publisherWithoutBroker() {
        return new MessagePublisher() {
            @Override
            public CompletableFuture<Void> publish(Destination destination, Message message) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public State state() {
                return State.READY;
            }
        };
    }
}
