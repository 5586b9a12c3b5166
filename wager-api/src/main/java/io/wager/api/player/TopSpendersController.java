package io.wager.api.player;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.RequestParameters;
import io.wager.api.limit.CostlyRead;
import io.wager.api.limit.CostlyReads;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers who spent most. */
@Tag(name = "Players")
@RestController
final class TopSpendersController {

    private static final int DEFAULT_COUNT = 10;
    private static final int MAX_COUNT = 1_000;

    private final TopSpendersRepository spenders;
    private final CostlyReads costly;

    TopSpendersController(TopSpendersRepository spenders, CostlyReads costly) {
        this.spenders = spenders;
        this.costly = costly;
    }

    @RequiresRole(Role.WAGERS_READ)
    @Operation(
            operationId = "getTopSpenders",
            summary = "The players who spent most",
            description =
                    "Highest total first, ties by username, then accountId. Totals are those of all time, or of a window of"
                            + " whole UTC days of createdDateTime. A window has only players with at least one wager in it.")
    @GetMapping(path = "/api/player/topSpenders", produces = MediaType.APPLICATION_JSON_VALUE)
    List<TopSpender> topSpenders(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var count = parameters.integer("count", 1, MAX_COUNT, DEFAULT_COUNT);
        var days = parameters.days();
        parameters.check();
        // All time reads as many entries of an index as are answered; a window adds up the days of all its players.
        return days.isUnbounded() || !days.areMany()
                ? spenders.find(days, count)
                : costly.read(CostlyRead.OF_WAGERS, () -> spenders.find(days, count));
    }
}
