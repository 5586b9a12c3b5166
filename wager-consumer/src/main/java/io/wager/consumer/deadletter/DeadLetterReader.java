package io.wager.consumer.deadletter;

import io.wager.core.deadletter.DeadLetterIdentity;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.Fault;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import io.wager.service.database.UnquotedFailure;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a dead letter says of its failure. Finds an answer for every message, also for one that nobody here made. */
final class DeadLetterReader {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReader.class);

    private static final int TYPE_LIMIT_CHARS = 255;
    private static final int MESSAGE_LIMIT_CHARS = 4_000;
    private static final int STACK_TRACE_LIMIT_CHARS = 8_192;
    private static final int SEARCH_TEXT_LIMIT_CHARS = 4_000;
    private static final int LONGEST_UTF_8_CHAR = 4;

    /** What RabbitMQ says of a message that it dead-lettered by itself; the others are texts made of tables. */
    private static final String FIRST_DEATH_REASON = "x-first-death-reason";

    private static final String DEATHS = "x-death";
    private static final String DELIVERY_LIMIT = "delivery_limit";

    private final WagerDecoder decoder;
    private final Clock clock;

    DeadLetterReader(WagerDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    DeadLetterFailure read(Message message) {
        var now = Timestamps.truncate(clock.instant());
        var told = told(message, now);
        var failure = new Failure(
                ColumnText.fit(told.failure().type(), TYPE_LIMIT_CHARS),
                ColumnText.fit(told.failure().message(), MESSAGE_LIMIT_CHARS),
                ColumnText.fit(told.failure().stackTrace(), STACK_TRACE_LIMIT_CHARS));
        var requeue = Requeue.of(message).orElse(null);
        var firstFailedAt = firstFailedAt(message).orElse(now);
        return new DeadLetterFailure(
                message,
                DeadLetterIdentity.of(message),
                requeue,
                told.reason(),
                failure,
                Fingerprint.of(told.reason(), failure.type(), failure.message()),
                ReadableWager.of(message),
                searchText(message.body()),
                firstFailedAt,
                // A requeued message still says when it failed for the first time.
                requeue == null ? firstFailedAt : now);
    }

    private Told told(Message message, Instant now) {
        var reason = Optional.ofNullable(message.headerText(MessageHeaders.DEAD_LETTER_REASON))
                .flatMap(DeadLetterReason::fromWireForm);
        return reason.map(known -> new Told(known, failure(message))).orElseGet(() -> judged(message, now));
    }

    private static Failure failure(Message message) {
        return new Failure(
                text(message, MessageHeaders.EXCEPTION_TYPE, "UnknownFailure"),
                text(message, MessageHeaders.EXCEPTION_MESSAGE, ""),
                text(message, MessageHeaders.EXCEPTION_STACK_TRACE, ""));
    }

    private static String text(Message message, String header, String otherwise) {
        return Objects.requireNonNullElse(message.headerText(header), otherwise);
    }

    /** Of a message that came without a reason, or with one that is not known here. */
    private Told judged(Message message, Instant now) {
        if (DELIVERY_LIMIT.equals(message.headerText(FIRST_DEATH_REASON))
                || text(message, DEATHS, "").contains("reason=" + DELIVERY_LIMIT)) {
            return new Told(
                    DeadLetterReason.DELIVERY_LIMIT,
                    Failure.of(
                            "DeliveryLimit", "delivered too often without being acknowledged; the broker gave it up"));
        }
        return switch (decoder.decode(message.body(), now)) {
            case WagerVerdict.Malformed(var detail) ->
                new Told(DeadLetterReason.UNDECODABLE, Failure.of("MalformedWager", detail));
            case WagerVerdict.Invalid invalid ->
                new Told(DeadLetterReason.INVALID, Failure.of("InvalidWager", describe(invalid.faults())));
            case WagerVerdict.Valid valid -> new Told(DeadLetterReason.RETRIES_EXHAUSTED, unknown(message));
        };
    }

    private static Failure unknown(Message message) {
        var told = failure(message);
        return told.message().isEmpty()
                ? new Failure(told.type(), "the message does not say why it is dead", told.stackTrace())
                : told;
    }

    private static String describe(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.pointer() + " " + fault.detail() + " ("
                        + fault.code().wireForm() + ")")
                .collect(Collectors.joining("; "));
    }

    private static Optional<Instant> firstFailedAt(Message message) {
        var text = message.headerText(MessageHeaders.FIRST_FAILED_AT);
        if (text == null) {
            return Optional.empty();
        }
        try {
            var instant = Instant.parse(text);
            return instant.isBefore(Timestamps.EARLIEST) || !instant.isBefore(Timestamps.END)
                    ? Optional.empty()
                    : Optional.of(Timestamps.truncate(instant));
        } catch (DateTimeException e) {
            LOG.debug(
                    "dead letter does not say when it failed messageId={}", message.messageId(), UnquotedFailure.of(e));
            return Optional.empty();
        }
    }

    /** No more of the body than can be in the text. */
    private static String searchText(byte[] body) {
        var length = Math.min(body.length, LONGEST_UTF_8_CHAR * SEARCH_TEXT_LIMIT_CHARS);
        return ColumnText.fit(new String(body, 0, length, StandardCharsets.UTF_8), SEARCH_TEXT_LIMIT_CHARS);
    }

    private record Told(DeadLetterReason reason, Failure failure) {}
}
