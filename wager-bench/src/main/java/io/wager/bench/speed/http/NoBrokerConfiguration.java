package io.wager.bench.speed.http;

import io.wager.core.messaging.Destination;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessagePublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Takes the place of the broker in an API to whose classes this is added and that is told to have no transport of its own:
 * every message is confirmed at once and forgotten. What is left is what the server does by itself: HTTP, JSON, validation.
 * No part of the product.
 */
@AutoConfiguration
public class NoBrokerConfiguration {

    /** The option that takes RabbitMQ out of the API. */
    static final String OPTION = "--wager.messaging.transport=none";

    private static final String IMPORTS = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

    @Bean
    MessagePublisher publisherWithoutBroker() {
        return new ConfirmsAtOnce();
    }

    /**
     * Writes just these classes down, for the API to find. This program's own jar would bring all of its libraries along.
     *
     * @param folder takes them
     */
    static void write(Path folder) throws IOException {
        for (var type : List.of(NoBrokerConfiguration.class, ConfirmsAtOnce.class)) {
            var name = type.getName().replace('.', '/') + ".class";
            Files.createDirectories(folder.resolve(name).getParent());
            try (var code = type.getClassLoader().getResourceAsStream(name)) {
                if (code == null) {
                    throw new IOException(name + " is missing");
                }
                Files.copy(code, folder.resolve(name));
            }
        }
        Files.createDirectories(folder.resolve(IMPORTS).getParent());
        Files.writeString(folder.resolve(IMPORTS), NoBrokerConfiguration.class.getName());
    }

    /** A publisher to nowhere. */
    private static final class ConfirmsAtOnce implements MessagePublisher {

        @Override
        public CompletableFuture<Void> publish(Destination destination, Message message) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public State state() {
            return State.READY;
        }
    }
}
