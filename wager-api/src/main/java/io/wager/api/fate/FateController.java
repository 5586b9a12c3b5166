package io.wager.api.fate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.http.HttpProperties;
import io.wager.api.http.RequestBodies;
import io.wager.api.http.RequestParameters;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.core.wager.WagerId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients what became of their wagers. */
@Tag(name = "Wagers")
@RestController
final class FateController {

    private final FateRepository fates;
    private final HttpProperties limits;

    FateController(FateRepository fates, HttpProperties limits) {
        this.fates = fates;
        this.limits = limits;
    }

    @Operation(
            operationId = "getFate",
            summary = "What became of a wager",
            description =
                    "The wager as it is stored. An accepted wager is stored shortly after; until then the answer is 404.")
    @GetMapping(path = "/api/player/casinowager/{wagerId}", produces = MediaType.APPLICATION_JSON_VALUE)
    FateResponse fate(@PathVariable("wagerId") String wagerId, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var id = new WagerId(parameters.id("wagerId", wagerId));
        parameters.check();
        return fates.find(id)
                .map(stored -> new FateResponse(id.value(), "stored", stored.conflicts(), stored.wager()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WAGER_UNKNOWN,
                        "No wager of this id is stored. If it was accepted, ask again soon."));
    }

    @Operation(
            operationId = "postFates",
            summary = "What became of many wagers",
            description = "Up to 1,000 ids, answered in the order asked: a client's own reconciliation.")
    @PostMapping(
            path = "/api/player/casinowager/fates",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    FatesResponse fates(HttpServletRequest request) {
        var wagerIds = FatesRequest.read(RequestBodies.read(request, limits.maxSingleSize()));
        var conflicts = fates.conflicts(new HashSet<>(wagerIds));
        return new FatesResponse(wagerIds.stream()
                .map(id -> {
                    var known = conflicts.get(id);
                    return known == null
                            ? new FatesResponse.Fate(id, "unknown", 0)
                            : new FatesResponse.Fate(id, "stored", known);
                })
                .toList());
    }
}
