package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.LongStringHelper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AmqpMessagesTest {

    @Test
    void foreignHeadersBecomeText() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("long string", LongStringHelper.asLongString("ü".repeat(2_000)));
        headers.put("nothing", null);
        headers.put("time", Date.from(Instant.parse("2026-02-03T04:05:06Z")));
        headers.put("bytes", new byte[] {1, 2, 3});
        headers.put("list", Arrays.asList(LongStringHelper.asLongString("a"), null, 1));
        headers.put("table", Map.of("inner", List.of(Map.of("x", LongStringHelper.asLongString("y")))));
        headers.put("short", (short) 5);
        headers.put(AmqpMessages.PUBLISH_SEQUENCE, 9L);

        var message = AmqpMessages.toMessage(
                new BasicProperties.Builder().headers(headers).build(), new byte[0]);

        assertThat(message.headers())
                .containsEntry("long string", "ü".repeat(2_000))
                .containsEntry("nothing", "")
                .containsEntry("time", "2026-02-03T04:05:06Z")
                .containsEntry("bytes", "AQID")
                .containsEntry("list", "[a, , 1]")
                .containsEntry("table", "{inner=[{x=y}]}")
                .containsEntry("short", "5")
                .doesNotContainKey(AmqpMessages.PUBLISH_SEQUENCE);
    }

    @Test
    void attemptIsOneMoreThanTheBrokerCounted() {
        var first = new BasicProperties.Builder().build();
        var third = new BasicProperties.Builder()
                .headers(Map.of(AmqpMessages.DELIVERY_COUNT, 2L))
                .build();

        assertThat(AmqpMessages.attempt(first)).isEqualTo(1);
        assertThat(AmqpMessages.attempt(third)).isEqualTo(3);
    }
}
