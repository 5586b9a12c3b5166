package io.wager.api.fate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.Caller;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.HttpProperties;
import io.wager.api.http.RequestBodies;
import io.wager.api.http.RequestParameters;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.WagerId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients what became of their wagers. */
@Tag(name = "Wagers")
@RestController
final class FateController {

    private static final String DEAD_LETTERED = "dead-lettered";

    private final FateRepository fates;
    private final DeadLetterFates deadLetters;
    private final HttpProperties limits;

    FateController(FateRepository fates, DeadLetterFates deadLetters, HttpProperties limits) {
        this.fates = fates;
        this.deadLetters = deadLetters;
        this.limits = limits;
    }

    @RequiresRole({Role.WAGERS_WRITE, Role.WAGERS_READ})
    @Operation(
            operationId = "getFate",
            summary = "The fate of a wager",
            description =
                    "The stored wager, or its dead letter if that is open, requeued or discarded. An accepted wager becomes"
                            + " one or the other shortly after. Until then the answer is 404. Only callers with"
                            + " `wagers:read` see the wager itself.")
    @GetMapping(path = "/api/player/casinowager/{wagerId}", produces = MediaType.APPLICATION_JSON_VALUE)
    FateResponse fate(@PathVariable("wagerId") String wagerId, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var id = new WagerId(parameters.id("wagerId", wagerId));
        parameters.check();
        return fates.find(id)
                .<FateResponse>map(stored -> new FateResponse.Stored(
                        id.value(),
                        "stored",
                        stored.conflicts(),
                        Caller.mayReadWagers(request) ? stored.wager() : null))
                .or(() -> deadLettered(id.value()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WAGER_UNKNOWN,
                        "No wager of this id is stored or dead-lettered. If it was accepted, ask again soon."));
    }

    private Optional<FateResponse> deadLettered(UUID wagerId) {
        return Optional.ofNullable(deadLetters.find(Set.of(wagerId)).get(wagerId))
                .map(letter ->
                        new FateResponse.DeadLettered(wagerId, DEAD_LETTERED, letter.deadLetterId(), letter.reason()));
    }

    @RequiresRole({Role.WAGERS_WRITE, Role.WAGERS_READ})
    @Operation(
            operationId = "postFates",
            summary = "The fates of many wagers",
            description = "Answers up to 1,000 ids in the order asked, for a client's own reconciliation.")
    @PostMapping(
            path = "/api/player/casinowager/fates",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    FatesResponse fates(HttpServletRequest request) {
        var wagerIds = FatesRequest.read(RequestBodies.read(request, limits.maxSingleSize()));
        var conflicts = fates.conflicts(new HashSet<>(wagerIds));
        var others = new HashSet<>(wagerIds);
        others.removeAll(conflicts.keySet());
        var dead = deadLetters.find(others);
        return new FatesResponse(wagerIds.stream()
                .map(id -> {
                    var known = conflicts.get(id);
                    if (known != null) {
                        return new FatesResponse.Fate(id, "stored", known);
                    }
                    return new FatesResponse.Fate(id, dead.containsKey(id) ? DEAD_LETTERED : "unknown", 0);
                })
                .toList());
    }
}
