package io.wager.consumer.ingest;

import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Delivery;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.Fault;
import io.wager.core.wager.Timestamps;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the wager out of a message, by the same rules by which the API accepted it. */
final class WagerMessageDecoder {

    private final WagerDecoder decoder;
    private final Clock clock;

    WagerMessageDecoder(WagerDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    Decoded decode(Delivery delivery) {
        var message = delivery.message();
        var version = message.headerText(MessageHeaders.SCHEMA_VERSION);
        if (!String.valueOf(MessageHeaders.CURRENT_SCHEMA_VERSION).equals(version)) {
            return dead(
                    DeadLetterReason.UNSUPPORTED_VERSION,
                    "UnsupportedSchemaVersion",
                    version == null
                            ? "the header " + MessageHeaders.SCHEMA_VERSION + " is missing"
                            : "schema version " + version + " is not known here; known is "
                                    + MessageHeaders.CURRENT_SCHEMA_VERSION);
        }
        return switch (decoder.decode(message.body(), referenceTime(message))) {
            case WagerVerdict.Valid(var wager) -> new Decoded.Decodable(wager);
            case WagerVerdict.Invalid invalid ->
                dead(DeadLetterReason.INVALID, "InvalidWager", describe(invalid.faults()));
            case WagerVerdict.Malformed(var detail) -> dead(DeadLetterReason.UNDECODABLE, "MalformedWager", detail);
        };
    }

    /**
     * What the wager's time is held against: this clock, or the time of publishing if that is later. A wager that the API
     * accepted must not become invalid because the consumer's clock is behind. The property has whole seconds, so what it lost
     * is given back. A time that no wager can have counts for nothing.
     */
    private Instant referenceTime(Message message) {
        var now = clock.instant();
        var published = message.timestamp();
        return published != null && published.isAfter(now.minusSeconds(1)) && published.isBefore(Timestamps.END)
                ? published.plusSeconds(1)
                : now;
    }

    private static String describe(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.pointer() + " " + fault.detail() + " ("
                        + fault.code().wireForm() + ")")
                .collect(Collectors.joining("; "));
    }

    private static Decoded dead(DeadLetterReason reason, String type, String detail) {
        return new Decoded.Undecodable(new Disposition.Dead(reason, Failure.of(type, detail)));
    }

    /** What a message gave. */
    sealed interface Decoded {

        /** A wager to store. */
        record Decodable(Wager wager) implements Decoded {}

        /** A message for the dead letters. */
        record Undecodable(Disposition.Dead disposition) implements Decoded {}
    }
}
