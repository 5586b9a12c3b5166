package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
        definitions.get("bindings").forEach(binding -> imported.add(binding(binding)));

        assertThat(imported).containsExactlyInAnyOrderElementsOf(Topology.BINDINGS);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void definitionsOfPartitionsAreWhatTheServicesDeclare() throws IOException {
        var script = new ProcessBuilder("/bin/sh", "../deploy/rabbitmq/partitions", "12").start();
        var printed = JSON.readTree(script.getInputStream());

        var expected = Partitions.bindings(12);
        assertThat(printed.get("queues"))
                .extracting(queue -> queue.get("name").asText())
                .containsExactlyElementsOf(
                        expected.stream().map(Topology.Binding::queue).toList());
        assertThat(printed.get("queues")).allSatisfy(queue -> {
            assertThat(queue.get("durable").asBoolean()).isTrue();
            assertThat(queue.get("arguments"))
                    .isEqualTo(JSON.<JsonNode>valueToTree(RabbitTopology.PARTITION_QUEUE_ARGUMENTS));
        });
        assertThat(printed.get("bindings"))
                .extracting(RabbitTopologyTest::binding)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void definitionsHoldNoAccounts() {
        assertThat(definitions.has("users")).isFalse();
        assertThat(definitions.has("permissions")).isFalse();
    }

    private static Topology.Binding binding(JsonNode binding) {
        return new Topology.Binding(
                binding.get("source").asText(),
                binding.get("routing_key").asText(),
                binding.get("destination").asText());
    }

    private static JsonNode read() {
        try {
            return JSON.readTree(Files.readString(Path.of("..", "deploy", "rabbitmq", "definitions.json")));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
