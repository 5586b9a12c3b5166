package io.wager.api.analytics;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.RequestParameters;
import io.wager.api.limit.CostlyRead;
import io.wager.api.limit.CostlyReads;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers wagers, players and turnover by group. */
@Tag(name = "Analytics")
@RestController
final class BreakdownController {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final BreakdownRepository breakdowns;
    private final CostlyReads costly;

    BreakdownController(BreakdownRepository breakdowns, CostlyReads costly) {
        this.breakdowns = breakdowns;
        this.costly = costly;
    }

    @RequiresRole(Role.WAGERS_READ)
    @Operation(
            operationId = "getBreakdown",
            summary = "Wagers, distinct players and turnover by group",
            description =
                    "Highest turnover first; days in ascending order, the latest if there are more than the limit. By day"
                            + " it reads running totals. By anything else it reads every wager, and costs accordingly.")
    @GetMapping(path = "/api/analytics/breakdown", produces = MediaType.APPLICATION_JSON_VALUE)
    BreakdownResponse breakdown(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var by = by(parameters);
        var days = parameters.days();
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        parameters.check();
        var groups = by == Grouping.DAY && !days.areMany()
                ? breakdowns.find(by, days, limit)
                : costly.read(CostlyRead.OF_WAGERS, () -> breakdowns.find(by, days, limit));
        return new BreakdownResponse(by.wireForm(), groups);
    }

    private static Grouping by(RequestParameters parameters) {
        var text = parameters.text("by");
        if (text == null) {
            parameters.fault("by", "required", "is required: one of " + Grouping.CHOICES);
            return Grouping.PROVIDER;
        }
        return Grouping.fromWireForm(text).orElseGet(() -> {
            parameters.fault("by", "not-one-of", "must be one of " + Grouping.CHOICES);
            return Grouping.PROVIDER;
        });
    }
}
