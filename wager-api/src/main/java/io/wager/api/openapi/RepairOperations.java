package io.wager.api.openapi;

import static io.wager.api.problem.ProblemType.BAD_REQUEST;
import static io.wager.api.problem.ProblemType.BODIES_SATURATED;
import static io.wager.api.problem.ProblemType.BODY_TOO_SLOW;
import static io.wager.api.problem.ProblemType.BROKER_BLOCKED;
import static io.wager.api.problem.ProblemType.BROKER_REFUSED;
import static io.wager.api.problem.ProblemType.BROKER_SATURATED;
import static io.wager.api.problem.ProblemType.BROKER_UNCONFIRMED;
import static io.wager.api.problem.ProblemType.BROKER_UNREACHABLE;
import static io.wager.api.problem.ProblemType.BROKER_UNROUTABLE;
import static io.wager.api.problem.ProblemType.CONTENT_TOO_LARGE;
import static io.wager.api.problem.ProblemType.DATABASE_UNAVAILABLE;
import static io.wager.api.problem.ProblemType.DEAD_LETTER_REFUSED;
import static io.wager.api.problem.ProblemType.DEAD_LETTER_UNKNOWN;
import static io.wager.api.problem.ProblemType.INTERNAL_ERROR;
import static io.wager.api.problem.ProblemType.INVALID_PARAMETERS;
import static io.wager.api.problem.ProblemType.MALFORMED_JSON;
import static io.wager.api.problem.ProblemType.NOT_ACCEPTABLE;
import static io.wager.api.problem.ProblemType.REQUEUE_JOB_REFUSED;
import static io.wager.api.problem.ProblemType.REQUEUE_JOB_UNKNOWN;
import static io.wager.api.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.wager.api.problem.ProblemType.VALIDATION;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Describes what operators do to dead letters, the jobs and the audit. */
final class RepairOperations {

    private static final String JSON = "application/json";
    private static final int MAX_REASON_UNITS = 1_000;
    private static final int MAX_ACTOR_UNITS = 200;
    private static final int MAX_CLAIMED_ACTOR_UNITS = 189;

    private RepairOperations() {}

    static void addTo(Components components) {
        components.addSchemas("Reason", reasonOnly());
        var required = reasonOnly();
        required.setRequired(List.of("reason"));
        components.addSchemas("ReasonRequired", required);
        components.addSchemas("Edit", edit());
        components.addSchemas("RequeueJobRequest", job());
    }

    static void describe(Map<String, Operation> operations) {
        describeLetters(operations);
        describeJobs(operations);
        described(operations, "getAudit")
                .query("actor", limited(MAX_ACTOR_UNITS), "Only what this person did; exactly.")
                .query("action", limited(40), "Only this action, such as `requeue`.")
                .query("target", limited(64), "Only about this dead letter or job.")
                .days()
                .query("limit", Schemas.integer(1, 500, 50), "The maximum number of entries.")
                .query("cursor", Schemas.text(), "From the Link header of an earlier answer.")
                .answers("200", "The entries; `Link: rel=\"next\"` leads to the next page.", RepairExamples.AUDIT);
    }

    private static void describeLetters(Map<String, Operation> operations) {
        letter(operations, "requeueDeadLetter")
                .takesOptionally(Schemas.ref("Reason"), "reason", RepairExamples.REASON)
                .answers("200", "The message is durable.", RepairExamples.REQUEUED)
                .fails(BROKER_UNREACHABLE, BROKER_BLOCKED, BROKER_REFUSED)
                .fails(BROKER_UNROUTABLE, BROKER_UNCONFIRMED, BROKER_SATURATED);
        letter(operations, "editDeadLetter")
                .takes(JSON, Schemas.ref("Edit"), "object", RepairExamples.EDIT)
                .takes(JSON, Schemas.ref("Edit"), "text", RepairExamples.EDIT_AS_TEXT)
                .answers("200", "The edit is kept.", RepairExamples.EDITED);
        letter(operations, "discardDeadLetter")
                .takes(JSON, Schemas.ref("ReasonRequired"), "reason", RepairExamples.REASON)
                .answers("200", "The letter is discarded.", RepairExamples.DISCARDED);
        letter(operations, "restoreDeadLetter")
                .takesOptionally(Schemas.ref("Reason"), "reason", RepairExamples.REASON)
                .answers("200", "The letter is open.", RepairExamples.RESTORED);
    }

    private static void describeJobs(Map<String, Operation> operations) {
        acting(operations, "postRequeueJob")
                .takes(JSON, Schemas.ref("RequeueJobRequest"), "a group, carefully", RepairExamples.JOB_BY_GROUP)
                .takes(JSON, Schemas.ref("RequeueJobRequest"), "ids, dry run", RepairExamples.JOB_BY_IDS)
                .takes(JSON, Schemas.ref("RequeueJobRequest"), "a filter", RepairExamples.JOB_BY_FILTER)
                .answers("200", "What would be sent; nothing was done.", RepairExamples.DRY_RUN)
                .answersToo("202", "The job is made; `Location` has its path.", RepairExamples.JOB);
        described(operations, "getRequeueJobs")
                .query(
                        "status",
                        Schemas.choice("running", "paused", "stopped", "cancelled", "completed"),
                        "Only jobs of this status.")
                .query("limit", Schemas.integer(1, 500, 50), "The maximum number of jobs.")
                .query("cursor", Schemas.text(), "From the Link header of an earlier answer.")
                .answers("200", "The jobs; `Link: rel=\"next\"` leads to the next page.", RepairExamples.JOBS);
        described(operations, "getRequeueJob")
                .parameter("id", Schemas.ref("uuid"), "The job.")
                .answers("200", "The job.", RepairExamples.JOB)
                .fails(REQUEUE_JOB_UNKNOWN);
        described(operations, "getRequeueJobItems")
                .parameter("id", Schemas.ref("uuid"), "The job.")
                .query(
                        "outcome",
                        Schemas.choice("pending", "requeued", "resolved", "failed", "skipped"),
                        "Only letters of this outcome.")
                .query("limit", Schemas.integer(1, 500, 50), "The maximum number of letters.")
                .query("cursor", Schemas.text(), "From the Link header of an earlier answer.")
                .answers("200", "The letters; `Link: rel=\"next\"` leads to the next page.", RepairExamples.ITEMS)
                .fails(REQUEUE_JOB_UNKNOWN);
        for (var id : new String[] {"pauseRequeueJob", "resumeRequeueJob", "cancelRequeueJob"}) {
            acting(operations, id)
                    .parameter("id", Schemas.ref("uuid"), "The job.")
                    .takesOptionally(Schemas.ref("Reason"), "reason", RepairExamples.REASON)
                    .answers("200", "The job as it is now.", RepairExamples.JOB)
                    .fails(REQUEUE_JOB_UNKNOWN, REQUEUE_JOB_REFUSED);
        }
    }

    private static OperationDescription letter(Map<String, Operation> operations, String id) {
        return acting(operations, id)
                .parameter("id", Schemas.ref("uuid"), "The dead letter.")
                .fails(DEAD_LETTER_UNKNOWN, DEAD_LETTER_REFUSED);
    }

    private static OperationDescription acting(Map<String, Operation> operations, String id) {
        return described(operations, id)
                .header(
                        "X-Actor",
                        limited(MAX_CLAIMED_ACTOR_UNITS),
                        "The person who acts, where access is not controlled. The audit marks it as unproved, and says"
                                + " `anonymous` if it is absent. Elsewhere it is ignored: the audit has the name of the"
                                + " credentials.")
                .fails(MALFORMED_JSON, VALIDATION, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE)
                .fails(BODY_TOO_SLOW, BODIES_SATURATED);
    }

    private static OperationDescription described(Map<String, Operation> operations, String id) {
        return new OperationDescription(Objects.requireNonNull(operations.get(id), id))
                .fails(BAD_REQUEST, INVALID_PARAMETERS)
                .fails(NOT_ACCEPTABLE, INTERNAL_ERROR, DATABASE_UNAVAILABLE);
    }

    private static JsonSchema reasonOnly() {
        var schema = Schemas.typed("object");
        schema.addProperty("reason", limited(MAX_REASON_UNITS));
        return schema;
    }

    private static Schema<?> edit() {
        var schema = reasonOnly();
        schema.addProperty(
                "body", new JsonSchema().description("A wager as a JSON object, or a string with the text of one."));
        schema.addProperty(
                "edit",
                bounded(
                        "integer",
                        0,
                        Integer.MAX_VALUE,
                        "Number of the last edit that the client saw; 0 for the original."));
        schema.setRequired(List.of("body"));
        return schema;
    }

    private static Schema<?> job() {
        var ids = Schemas.typed("array");
        ids.setItems(Schemas.ref("uuid"));
        ids.setMinItems(1);
        ids.setMaxItems(1_000);
        var schema = reasonOnly();
        schema.setDescription("Exactly one of ids, fingerprint and filter.");
        schema.addProperty("ids", ids);
        schema.addProperty("fingerprint", Schemas.text().description("The open letters of a group."));
        schema.addProperty(
                "filter",
                Schemas.typed("object")
                        .description("The filters of the list of dead letters, each a string or an array of strings."
                                + " Open letters only, unless it names a status."));
        schema.addProperty("dryRun", Schemas.typed("boolean").description("Only count, and send nothing."));
        schema.addProperty(
                "ratePerSecond",
                bounded("integer", 1, 100_000, "The maximum of messages a second; no limit if absent."));
        schema.addProperty(
                "canary",
                bounded("integer", 1, 10_000, "This many must be resolved before others are sent; a failure stops."));
        schema.addProperty(
                "stopWhenFailedShare",
                bounded(
                        "number",
                        0,
                        1,
                        "Stop when more than this share of the settled letters failed again. It applies from 20 settled"
                                + " letters on, and at the end of a smaller job."));
        return schema;
    }

    private static Schema<?> bounded(String type, int min, int max, String description) {
        var schema = Schemas.typed(type);
        schema.setMinimum(BigDecimal.valueOf(min));
        schema.setMaximum(BigDecimal.valueOf(max));
        schema.setDescription(description);
        return schema;
    }

    private static Schema<?> limited(int units) {
        var schema = Schemas.typed("string");
        schema.setMinLength(1);
        schema.setMaxLength(units);
        return schema;
    }
}
