package io.wager.consumer.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String WAGER = "2c937b23-03ae-4110-90d5-47d055d89001";
    private static final String PLAYER = "9f2c1d9e-7a52-4a35-8f0e-c1f4d7f6a102";

    private final DeadLetterReader reader =
            new DeadLetterReader(new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource
    void theReasonAndTheFailureAreWhatTheMessageSays(DeadLetterReason reason) {
        var failure = new Failure("some.Type", "what happened", "at some.Place");

        var read =
                reader.read(DeadMessages.dead(DeadMessages.published("{}"), reason, failure, DeadMessages.FAILED_AT));

        assertThat(read.reason()).isEqualTo(reason);
        assertThat(read.failure()).isEqualTo(failure);
        assertThat(read.firstFailedAt()).isEqualTo(DeadMessages.FAILED_AT);
        assertThat(read.failedAt()).isEqualTo(DeadMessages.FAILED_AT);
    }

    @ParameterizedTest
    @CsvSource({
        "x-first-death-reason, delivery_limit",
        "x-death, '[{reason=delivery_limit, count=1, exchange=wagers, routing-keys=[casino.wager], queue=wagers.casino}]'"
    })
    void whatTheBrokerGaveUpIsTheDeliveryLimitWhateverItsBody(String header, String value) {
        var read = reader.read(DeadMessages.published("{").withHeaders(Map.of(header, value)));

        assertThat(read.reason()).isEqualTo(DeadLetterReason.DELIVERY_LIMIT);
        assertThat(read.failure().type()).isEqualTo("DeliveryLimit");
        assertThat(read.firstFailedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({"'{', undecodable, MalformedWager", "'{}', invalid, InvalidWager", "'', undecodable, MalformedWager"})
    void aMessageWithoutAReasonIsJudgedByItsBody(String body, String reason, String type) {
        var read = reader.read(DeadMessages.published(body));

        assertThat(read.reason().wireForm()).isEqualTo(reason);
        assertThat(read.failure().type()).isEqualTo(type);
    }

    @Test
    void aWagerWithoutAReasonFailedForOneThatNobodyKnows() {
        var wager = aWager().build();

        var read = reader.read(DeadMessages.published(wager));

        assertThat(read.reason()).isEqualTo(DeadLetterReason.RETRIES_EXHAUSTED);
        assertThat(read.failure().type()).isEqualTo("UnknownFailure");
        assertThat(read.failure().message()).isNotEmpty();
    }

    @Test
    void aReasonThatIsNotKnownHereKeepsWhatTheMessageSaysOfItsFailure() {
        var read = reader.read(DeadMessages.published(aWager().build())
                .withHeaders(Map.of(
                        MessageHeaders.DEAD_LETTER_REASON,
                        "a-newer-reason",
                        MessageHeaders.EXCEPTION_TYPE,
                        "NewerFailure",
                        MessageHeaders.EXCEPTION_MESSAGE,
                        "from a newer version")));

        assertThat(read.reason()).isEqualTo(DeadLetterReason.RETRIES_EXHAUSTED);
        assertThat(read.failure()).isEqualTo(Failure.of("NewerFailure", "from a newer version"));
    }

    @Test
    void aRequeueFailsNowAndFailedFirstWhenItsMessageDid() {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        var requeue = new Requeue(UUID.randomUUID(), 2);

        var read = reader.read(DeadMessages.dead(requeue.message(dead)));

        assertThat(read.requeue()).isEqualTo(requeue);
        assertThat(read.identity().deadLetterId()).isEqualTo(requeue.deadLetterId());
        assertThat(read.firstFailedAt()).isEqualTo(DeadMessages.FAILED_AT);
        assertThat(read.failedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", ""})
    void aTimeThatNoColumnKeepsIsNow(String time) {
        var read = reader.read(DeadMessages.published("{}").withHeaders(Map.of(MessageHeaders.FIRST_FAILED_AT, time)));

        assertThat(read.firstFailedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"wagerId\":\"" + WAGER + "\",\"accountId\":\"" + PLAYER
                        + "\",\"provider\":\"Foxglove\",\"amount\":-1}",
                "{\"WAGERID\":\"" + WAGER + "\",\"AccountID\":\"" + PLAYER + "\",\"Provider\":\"Foxglove\"}",
                "{\"x\":{\"wagerId\":1,\"y\":[{}]},\"provider\":\"Foxglove\",\"accountId\":\"" + PLAYER
                        + "\",\"wagerId\":\"" + WAGER + "\",\"amount\":",
                "{\"wagerId\":\"nonsense\",\"wagerId\":\"" + WAGER + "\",\"accountId\":\"" + PLAYER
                        + "\",\"provider\":\"Foxglove\"} and more",
            })
    void whatCanBeReadOfTheWagerIsReadWhateverTheRestIs(String body) {
        assertThat(reader.read(DeadMessages.published(body)).wager())
                .isEqualTo(new ReadableWager(UUID.fromString(WAGER), UUID.fromString(PLAYER), "Foxglove"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"wagerId\"", "not JSON", "{\"wagerId\":17,\"accountId\":null,\"provider\":{}}"})
    void theMessageIdStandsInForAWagerIdThatCantBeRead(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThat(reader.read(DeadMessages.published(WAGER, bytes, "request")).wager())
                .isEqualTo(new ReadableWager(UUID.fromString(WAGER), null, null));
        assertThat(reader.read(DeadMessages.published("not an id", bytes, "request"))
                        .wager())
                .isEqualTo(new ReadableWager(null, null, null));
    }

    @Test
    void theBodyIsSearchableFromItsStartWithoutBrokenCharacters() {
        var body = ("🎲".repeat(3_000) + "x").getBytes(StandardCharsets.UTF_8);

        var read = reader.read(new Message(null, null, null, null, null, Map.of(), body));

        assertThat(read.searchText()).isEqualTo("🎲".repeat(2_000));
    }

    @Test
    void aValidWagerIsReadWhole() {
        var wager = aWager().build();

        var read = reader.read(DeadMessages.published("no id", WagerEncoder.encode(wager), "request"));

        assertThat(read.wager())
                .isEqualTo(new ReadableWager(
                        wager.wagerId().value(), wager.accountId().value(), wager.provider()));
    }
}
