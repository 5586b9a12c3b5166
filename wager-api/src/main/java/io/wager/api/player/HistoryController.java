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
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Answers a player's history, by page or by cursor. */
@Tag(name = "Players")
@RestController
final class HistoryController {

    private static final int DEFAULT_PAGE_SIZE = 10;
    private static final int MAX_PAGE_SIZE = 100;
    private static final int MAX_NAME_UNITS = 200;

    /** From how many wagers on it counts as a costly read if the database may have to walk over all of them. */
    private static final int MANY = 10_000;

    private final HistoryRepository history;
    private final CostlyReads costly;

    HistoryController(HistoryRepository history, CostlyReads costly) {
        this.history = history;
        this.costly = costly;
    }

    @RequiresRole(Role.WAGERS_READ)
    @Operation(
            operationId = "getHistory",
            summary = "A player's wagers, latest first",
            description =
                    "Latest createdDateTime first, ties by wagerId. Ask by page, or follow `Link: rel=\"next\"`, whose"
                            + " cursor costs the same at any depth. Answers by cursor have neither page nor totals. An"
                            + " unknown player has no wagers.")
    @GetMapping(
            path = {"/api/player/{accountId}/casino", "/api/player/{accountId}/wagers"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HistoryResponse> history(@PathVariable("accountId") String accountId, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var filter = new HistoryFilter(
                parameters.id("accountId", accountId),
                parameters.days(),
                parameters.name("provider", MAX_NAME_UNITS),
                parameters.name("game", MAX_NAME_UNITS));
        var pageSize = parameters.integer("pageSize", 1, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE);
        var page = parameters.integer("page", 1, Integer.MAX_VALUE, 1);
        var cursor = cursor(parameters, filter);
        parameters.check();
        return cursor == null ? byPage(request, filter, page, pageSize) : byCursor(request, filter, cursor, pageSize);
    }

    private static @Nullable HistoryCursor cursor(RequestParameters parameters, HistoryFilter filter) {
        var text = parameters.text("cursor");
        if (text == null) {
            return null;
        }
        if (parameters.text("page") != null) {
            parameters.fault("cursor", "excludes-page", "can't be combined with page");
        }
        var cursor = HistoryCursor.decode(text, filter);
        if (cursor.isEmpty()) {
            parameters.fault(
                    "cursor",
                    "broken-cursor",
                    "is not a cursor of an earlier answer for this player and these filters");
        }
        return cursor.orElse(null);
    }

    private ResponseEntity<HistoryResponse> byPage(
            HttpServletRequest request, HistoryFilter filter, int page, int pageSize) {
        var offset = (page - 1L) * pageSize;
        var read = costlyIf(
                offset >= MANY || (!filter.isWhole() && hasMany(filter)),
                () -> new Page(
                        history.count(filter),
                        // One more than asked for tells whether anything follows.
                        history.page(filter, offset, pageSize + 1)));
        var total = read.total();
        var found = read.found();
        var shown = found.subList(0, Math.min(pageSize, found.size()));
        var totalPages = (total + pageSize - 1) / pageSize;
        return ResponseEntity.ok()
                .headers(next(request, filter, pageSize, found, shown))
                .body(new HistoryResponse(HistoryResponse.items(shown), page, pageSize, total, totalPages));
    }

    private ResponseEntity<HistoryResponse> byCursor(
            HttpServletRequest request, HistoryFilter filter, HistoryCursor cursor, int pageSize) {
        // By time the index is sought. By name it is walked along until enough are found.
        var found = costlyIf(filter.isByName() && hasMany(filter), () -> history.after(filter, cursor, pageSize + 1));
        var shown = found.subList(0, Math.min(pageSize, found.size()));
        return ResponseEntity.ok()
                .headers(next(request, filter, pageSize, found, shown))
                .body(new HistoryResponse(HistoryResponse.items(shown), null, pageSize, null, null));
    }

    private boolean hasMany(HistoryFilter filter) {
        return history.countWhole(filter) >= MANY;
    }

    private <T> T costlyIf(boolean isCostly, Supplier<T> reading) {
        return isCostly ? costly.read(CostlyRead.OF_WAGERS, reading) : reading.get();
    }

    /** Relative to the request, so that it holds behind any proxy. */
    private static HttpHeaders next(
            HttpServletRequest request,
            HistoryFilter filter,
            int pageSize,
            List<HistoryRepository.Entry> found,
            List<HistoryRepository.Entry> shown) {
        var headers = new HttpHeaders();
        if (found.size() > shown.size()) {
            var last = shown.getLast();
            var uri = UriComponentsBuilder.fromPath(request.getRequestURI())
                    .queryParam("cursor", new HistoryCursor(last.createdAt(), last.wagerId()).encode(filter))
                    .queryParam("pageSize", pageSize);
            addParameter(uri, "from", Objects.toString(filter.days().from(), null));
            addParameter(uri, "to", Objects.toString(filter.days().to(), null));
            addParameter(uri, "provider", filter.provider());
            addParameter(uri, "game", filter.game());
            headers.add(HttpHeaders.LINK, "<" + uri.encode().toUriString() + ">; rel=\"next\"");
        }
        return headers;
    }

    private static void addParameter(UriComponentsBuilder uri, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }

    private record Page(long total, List<HistoryRepository.Entry> found) {}
}
