package io.wager.api.repair;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.audit.Action;
import io.wager.api.http.HttpProperties;
import io.wager.api.http.RequestBodies;
import io.wager.api.http.RequestObject;
import io.wager.api.http.RequestParameters;
import io.wager.core.wager.Fault.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes what operators do to one dead letter. */
@Tag(name = "Dead letters")
@RestController
final class RepairController {

    private static final String LETTER = "/api/admin/dead-letters/{id}";
    private static final int MAX_REASON_UNITS = 1_000;

    private final SingleRequeue requeue;
    private final LetterEditor editor;
    private final LetterDisposal disposal;
    private final HttpProperties limits;

    RepairController(SingleRequeue requeue, LetterEditor editor, LetterDisposal disposal, HttpProperties limits) {
        this.requeue = requeue;
        this.editor = editor;
        this.disposal = disposal;
        this.limits = limits;
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "requeueDeadLetter",
            summary = "Publish a dead letter's message again",
            description =
                    "Sends the last edit, or the original body. Answers 200 once the message is durable. The letter's"
                            + " status shows whether the wager was stored. A second click gets 409 with the reason.")
    @PostMapping(path = LETTER + "/requeue", produces = MediaType.APPLICATION_JSON_VALUE)
    RequeueResponse requeue(@PathVariable("id") String id, HttpServletRequest request) {
        var letterId = letterId(id, request);
        return requeue.requeue(letterId, action("requeue", request, letterId, optionalBody(request)));
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "editDeadLetter",
            summary = "Write another body for a dead letter",
            description =
                    "The body must be a valid wager, by the rules of `POST /api/player/casinowager`; pointers lead"
                            + " into `/body`. It is kept beside the original, which is never overwritten. A requeue sends it."
                            + " `edit` is the number of the last edit that the client saw: 409 if there is a newer one.")
    @PutMapping(
            path = LETTER + "/body",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    EditResponse edit(@PathVariable("id") String id, HttpServletRequest request) {
        var letterId = letterId(id, request);
        var body = RequestObject.read(RequestBodies.read(request, limits.maxSingleSize()));
        var edited = EditRequest.read(body);
        return editor.edit(letterId, edited, action("edit", request, letterId, body));
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "discardDeadLetter",
            summary = "Discard a dead letter",
            description = "The reason is required. The letter can be restored for as long as it is kept.")
    @PostMapping(
            path = LETTER + "/discard",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    StatusResponse discard(@PathVariable("id") String id, HttpServletRequest request) {
        var letterId = letterId(id, request);
        var body = RequestObject.read(RequestBodies.read(request, limits.maxSingleSize()));
        if (body.raw("reason") == null) {
            body.fault("reason", Code.REQUIRED, "is required");
        }
        return disposal.discard(letterId, action("discard", request, letterId, body));
    }

    @RequiresRole(Role.OPS_WRITE)
    @Operation(
            operationId = "restoreDeadLetter",
            summary = "Open a dead letter that was discarded, or requeued without an outcome",
            description =
                    "A requeued message may be lost without a trace, for example in a purged queue. If it is not lost, it"
                            + " settles the letter when it arrives.")
    @PostMapping(path = LETTER + "/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    StatusResponse restore(@PathVariable("id") String id, HttpServletRequest request) {
        var letterId = letterId(id, request);
        return disposal.restore(letterId, action("restore", request, letterId, optionalBody(request)));
    }

    private static Action action(String name, HttpServletRequest request, UUID letterId, RequestObject body) {
        var reason = body.text("reason", MAX_REASON_UNITS);
        body.check();
        return Action.of(name, request, letterId.toString(), reason);
    }

    private static UUID letterId(String id, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var letterId = parameters.id("id", id);
        parameters.check();
        return letterId;
    }

    private RequestObject optionalBody(HttpServletRequest request) {
        return RequestBodies.readOptionalObject(request, limits.maxSingleSize());
    }
}
