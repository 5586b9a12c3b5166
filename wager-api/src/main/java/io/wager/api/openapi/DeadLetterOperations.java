package io.wager.api.openapi;

import static io.wager.api.problem.ProblemType.BAD_REQUEST;
import static io.wager.api.problem.ProblemType.DATABASE_UNAVAILABLE;
import static io.wager.api.problem.ProblemType.DEAD_LETTER_UNKNOWN;
import static io.wager.api.problem.ProblemType.INTERNAL_ERROR;
import static io.wager.api.problem.ProblemType.INVALID_PARAMETERS;
import static io.wager.api.problem.ProblemType.NOT_ACCEPTABLE;
import static io.wager.api.problem.ProblemType.READS_SATURATED;
import static io.wager.api.problem.ProblemType.READ_TOO_SLOW;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Describes how dead letters are found and shown. */
final class DeadLetterOperations {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private DeadLetterOperations() {}

    static void describe(Map<String, Operation> operations) {
        paged(filtered(operations, "getDeadLetters"), "letters")
                .answers("200", "The letters; `Link: rel=\"next\"` leads to the next page.", DeadLetterExamples.PAGE);
        filtered(operations, "countDeadLetters").answers("200", "The numbers.", DeadLetterExamples.COUNT);
        paged(filtered(operations, "getDeadLetterGroups"), "groups")
                .answers("200", "The groups; `Link: rel=\"next\"` leads to the next page.", DeadLetterExamples.GROUPS);
        filtered(operations, "exportDeadLetters");
        lines(Objects.requireNonNull(operations.get("exportDeadLetters")));
        described(operations, "getDeadLetter")
                .parameter("id", Schemas.ref("uuid"), "The dead letter.")
                .answers("200", "The letter in full.", DeadLetterExamples.DETAIL)
                .fails(DEAD_LETTER_UNKNOWN);
    }

    /** Not one JSON document, so the example is text. */
    private static void lines(Operation operation) {
        Objects.requireNonNull(operation.getResponses().get("200"))
                .description("The letters. Each line is an answer of `GET /api/admin/dead-letters/{id}`.")
                .setContent(new Content()
                        .addMediaType(
                                "application/x-ndjson",
                                new MediaType()
                                        .schema(Schemas.text())
                                        .example(DeadLetterExamples.DETAIL.replaceAll("\\s*\\n\\s*", " ") + "\n")));
    }

    private static OperationDescription paged(OperationDescription operation, String what) {
        return operation
                .query("limit", Schemas.integer(1, MAX_LIMIT, DEFAULT_LIMIT), "The maximum number of " + what + ".")
                .query("cursor", Schemas.text(), "From the Link header of an earlier answer.");
    }

    private static OperationDescription filtered(Map<String, Operation> operations, String id) {
        return described(operations, id)
                .query(
                        "status",
                        Schemas.choice(Arrays.stream(DeadLetterStatus.values())
                                .map(DeadLetterStatus::wireForm)
                                .toArray(String[]::new)),
                        "Only letters of this status; may be repeated.")
                .query(
                        "reason",
                        Schemas.choice(Arrays.stream(DeadLetterReason.values())
                                .map(DeadLetterReason::wireForm)
                                .toArray(String[]::new)),
                        "Only letters with this reason; may be repeated.")
                .query("fingerprint", Schemas.text(), "Only letters of this group.")
                .query("exceptionType", Schemas.text(), "Only failures of exactly this type.")
                .query("provider", Schemas.name(), "Only wagers of exactly this provider.")
                .query("accountId", Schemas.ref("uuid"), "Only wagers of this player.")
                .query("wagerId", Schemas.ref("uuid"), "Only this wager.")
                .query(
                        "text",
                        Schemas.name(),
                        "In the message of the failure or the first 4,000 characters of the body, in any letter case.")
                .query("from", Schemas.text(), "The earliest last failure: a UTC day, or an RFC 3339 time.")
                .query("to", Schemas.text(), "The latest last failure: a UTC day, inclusive; or a time, exclusive.")
                .fails(READS_SATURATED, READ_TOO_SLOW);
    }

    private static OperationDescription described(Map<String, Operation> operations, String id) {
        return new OperationDescription(Objects.requireNonNull(operations.get(id), id))
                .fails(BAD_REQUEST, INVALID_PARAMETERS)
                .fails(NOT_ACCEPTABLE, INTERNAL_ERROR, DATABASE_UNAVAILABLE);
    }
}
