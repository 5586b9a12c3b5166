package io.wager.core.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Holds the AsyncAPI document and the names in the code together. */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");

    private final JsonNode document = read();

    @Test
    void theChannelsAreThoseOfTheTopology() {
        assertThat(text("/channels/wagers/address")).isEqualTo(Topology.WAGER_ROUTING_KEY);
        assertThat(text("/channels/wagers/bindings/amqp/exchange/name")).isEqualTo(Topology.WAGER_EXCHANGE);
        assertThat(text("/channels/wagersQueue/bindings/amqp/queue/name")).isEqualTo(Topology.WAGER_QUEUE);
        assertThat(document.at("/channels/wagerPartition/address").asText().replace("{partition}", "3"))
                .isEqualTo(Partitions.bindings(4).get(3).routingKey());
        assertThat(document.at("/channels/wagerPartitionQueue/address").asText().replace("{partition}", "3"))
                .isEqualTo(Partitions.queue(3));
        assertThat(text("/channels/deadLetters/bindings/amqp/queue/name")).isEqualTo(Topology.DEAD_LETTER_QUEUE);
    }

    @Test
    void aWagerHasTheVersionThatTheCodeWrites() {
        var headers = document.at("/components/messages/casinoWager/headers/properties");

        assertThat(headers.at("/" + MessageHeaders.SCHEMA_VERSION + "/const").asInt())
                .isEqualTo(MessageHeaders.CURRENT_SCHEMA_VERSION);
        assertThat(headers.has(MessageHeaders.TRACEPARENT)).isTrue();
    }

    @Test
    void aDeadLetterHasTheHeadersAndReasonsOfTheCode() {
        var headers = document.at("/components/messages/deadLetter/headers/properties");

        assertThat(headers.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        MessageHeaders.DEAD_LETTER_REASON,
                        MessageHeaders.EXCEPTION_TYPE,
                        MessageHeaders.EXCEPTION_MESSAGE,
                        MessageHeaders.EXCEPTION_STACK_TRACE,
                        MessageHeaders.FIRST_FAILED_AT,
                        MessageHeaders.ATTEMPTS,
                        MessageHeaders.ORIGINAL_EXCHANGE,
                        MessageHeaders.ORIGINAL_ROUTING_KEY);
        assertThat(headers.at("/x-dead-letter-reason/enum"))
                .containsExactlyElementsOf(Arrays.stream(DeadLetterReason.values())
                        .<JsonNode>map(reason -> TextNode.valueOf(reason.wireForm()))
                        .toList());
    }

    @Test
    void theSchemaOfTheBodyIsThere() {
        var reference = text("/components/messages/casinoWager/payload/schema/$ref");

        assertThat(DOCUMENT.resolveSibling(reference)).exists();
    }

    private String text(String pointer) {
        return document.at(pointer).asText();
    }

    private static JsonNode read() {
        try (var in = Files.newInputStream(DOCUMENT)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
