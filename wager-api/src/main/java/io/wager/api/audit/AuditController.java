package io.wager.api.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.NextLink;
import io.wager.api.http.RequestParameters;
import io.wager.api.http.SequenceCursor;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what people did. */
@Tag(name = "Audit")
@RestController
final class AuditController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_ACTOR_UNITS = 200;
    private static final int MAX_ACTION_UNITS = 40;
    private static final int MAX_TARGET_UNITS = 64;

    private final AuditRepository audit;

    AuditController(AuditRepository audit) {
        this.audit = audit;
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getAudit",
            summary = "The actions of people, latest first",
            description =
                    "Every action of a person on dead letters and jobs, including those that were refused or failed."
                            + " Follow `Link: rel=\"next\"` for more. Entries are added and never changed.")
    @GetMapping(path = "/api/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AuditResponse> audit(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var filter = new AuditFilter(
                parameters.name("actor", MAX_ACTOR_UNITS),
                parameters.name("action", MAX_ACTION_UNITS),
                parameters.name("target", MAX_TARGET_UNITS),
                parameters.days());
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        var cursor = SequenceCursor.read(parameters, list(filter));
        parameters.check();
        // One more than asked for tells whether anything follows.
        var found = audit.page(filter, cursor == null ? Long.MAX_VALUE : cursor.sequence(), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        var headers = new HttpHeaders();
        if (found.size() > shown.size()) {
            var place = new SequenceCursor(shown.getLast().sequence());
            headers = NextLink.of(request, place.encode(list(filter)))
                    .with("limit", limit)
                    .with("actor", filter.actor())
                    .with("action", filter.action())
                    .with("target", filter.target())
                    .with("from", filter.days().from())
                    .with("to", filter.days().to())
                    .headers();
        }
        return ResponseEntity.ok()
                .headers(headers)
                .body(new AuditResponse(
                        shown.stream().map(AuditRepository.Entry::item).toList()));
    }

    private static String list(AuditFilter filter) {
        return "audit " + filter;
    }
}
