package io.wager.api.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.wager.core.wager.Wager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one dead letter.
 *
 * @param deadLetter what lists say of it
 * @param message the message as it came
 * @param stackTrace of the last failure; empty where none would help
 * @param edited the last edit, which is what a requeue sends; null if there is none
 * @param stored the wager that is stored under its wagerId; null if none is
 * @param timeline every failure, action and outcome, in their order
 */
record DeadLetterDetail(
        @JsonUnwrapped DeadLetterItem deadLetter,
        DeadMessage message,
        String stackTrace,
        @Nullable Edited edited,
        @Nullable Stored stored,
        List<Event> timeline) {

    /**
     * A body in the forms in which it can be shown.
     *
     * @param bytes how long it is
     * @param text as text, if it is UTF-8
     * @param base64 in Base64, if it is not UTF-8
     * @param json as JSON, if it is, and neither nests deeper than 100 levels nor has numbers of more than 100 places
     */
    record Body(
            int bytes,
            @Nullable String text,
            @Nullable String base64,
            @Nullable JsonNode json) {}

    /**
     * The message as it came.
     *
     * @param messageId its property {@code message_id}
     * @param type its property {@code type}
     * @param contentType its property {@code content_type}
     * @param correlationId its property {@code correlation_id}
     * @param publishedAt its property {@code timestamp}
     * @param headers its headers
     * @param body its body
     */
    record DeadMessage(
            @Nullable String messageId,
            @Nullable String type,
            @Nullable String contentType,
            @Nullable String correlationId,
            @Nullable Instant publishedAt,
            Map<String, Object> headers,
            Body body) {}

    /**
     * The last edit.
     *
     * @param edit its number
     * @param editedAt when
     * @param actor by whom
     * @param reason why, if it was said
     * @param body the body that a requeue sends
     * @param diff how it differs from the original
     */
    record Edited(
            int edit,
            Instant editedAt,
            String actor,
            @Nullable String reason,
            Body body,
            BodyDiff diff) {}

    /**
     * The stored wager of the same id.
     *
     * @param wager as it is stored
     * @param sameContent whether the body that a requeue sends says the same; a requeue then resolves the letter
     * @param diff how that body differs from what is stored: as it would be kept if it is a valid wager, else as it is
     */
    record Stored(Wager wager, boolean sameContent, BodyDiff diff) {}

    /**
     * A line of the timeline.
     *
     * @param kind {@code failed}, {@code requeued}, {@code requeue-failed}, {@code resolved}, {@code edited}, {@code discarded}
     *     or {@code restored}
     * @param at when
     * @param actor the person; null where the system did it
     * @param requeueNumber which requeue it is about
     * @param reason the dead-letter reason of a failure
     * @param exceptionType the kind of a failure
     * @param detail what happened, or the reason that the person gave
     * @param jobId the requeue job that did it
     */
    record Event(
            String kind,
            Instant at,
            @Nullable String actor,
            @Nullable Integer requeueNumber,
            @Nullable String reason,
            @Nullable String exceptionType,
            @Nullable String detail,
            @Nullable UUID jobId) {}
}
