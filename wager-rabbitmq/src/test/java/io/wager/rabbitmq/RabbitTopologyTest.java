package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the definitions that an operator imports and what the services declare together. */
final class RabbitTopologyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode definitions = read();

    @Test
    void definitionsHaveEveryQueueWithItsArguments() {
        Map<String, JsonNode> imported = new HashMap<>();
        definitions.get("queues").forEach(queue -> {
            assertThat(queue.get("durable").asBoolean()).isTrue();
            imported.put(queue.get("name").asText(), queue.get("arguments"));
        });

        Map<String, JsonNode> declared = new HashMap<>();
        RabbitTopology.QUEUES.forEach((name, arguments) -> declared.put(name, JSON.valueToTree(arguments)));
        assertThat(imported).isEqualTo(declared);
    }

    @Test
    void definitionsHaveEveryExchange() {
        Set<String> imported = new HashSet<>();
        definitions.get("exchanges").forEach(exchange -> {
            assertThat(exchange.get("durable").asBoolean()).isTrue();
            assertThat(exchange.get("type").asText()).isEqualTo("topic");
            imported.add(exchange.get("name").asText());
        });

        assertThat(imported).containsExactlyInAnyOrderElementsOf(RabbitTopology.EXCHANGES);
    }

    @Test
    void definitionsHaveEveryBinding() {
        Set<Topology.Binding> imported = new HashSet<>();
        definitions
                .get("bindings")
                .forEach(binding -> imported.add(new Topology.Binding(
                        binding.get("source").asText(),
                        binding.get("routing_key").asText(),
                        binding.get("destination").asText())));

        assertThat(imported).containsExactlyInAnyOrderElementsOf(Topology.BINDINGS);
    }

    @Test
    void definitionsHoldNoAccounts() {
        assertThat(definitions.has("users")).isFalse();
        assertThat(definitions.has("permissions")).isFalse();
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(Files.readString(Path.of("..", "deploy", "rabbitmq", "definitions.json")));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
