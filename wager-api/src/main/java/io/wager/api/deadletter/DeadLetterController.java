package io.wager.api.deadletter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.CountCursor;
import io.wager.api.http.NextLink;
import io.wager.api.http.RequestParameters;
import io.wager.api.http.TimeCursor;
import io.wager.api.limit.CostlyRead;
import io.wager.api.limit.CostlyReads;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Lists, counts, groups and shows dead letters. */
@Tag(name = "Dead letters")
@RestController
final class DeadLetterController {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** How many letters a page looks into: no index helps to find text, and a rare one would cost a look at everything. */
    private static final int TEXT_WINDOW = 10_000;

    private final DeadLetterRepository letters;
    private final DeadLetterReader reader;
    private final DeadLetterExport export;
    private final CostlyReads costly;

    DeadLetterController(
            DeadLetterRepository letters, DeadLetterReader reader, DeadLetterExport export, CostlyReads costly) {
        this.letters = letters;
        this.reader = reader;
        this.export = export;
        this.costly = costly;
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getDeadLetters",
            summary = "Dead letters, latest failure first",
            description =
                    "All conditions must hold; status and reason may be repeated. `Link: rel=\"next\"` leads to the next"
                            + " page, at a cost that does not grow with depth.")
    @GetMapping(path = "/api/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DeadLetterPage> list(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var filter = DeadLetterFilter.read(parameters);
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        var list = "dead letters " + filter.values();
        var cursor = TimeCursor.read(parameters, list);
        parameters.check();
        var found = costlyIfText(filter, () -> find(filter, cursor, limit));
        var shown = found.letters().subList(0, Math.min(limit, found.letters().size()));
        var next = found.letters().size() > shown.size() ? shown.getLast().place() : found.end();
        var headers = next == null
                ? new HttpHeaders()
                : filter.addTo(NextLink.of(request, next.encode(list)).with("limit", limit))
                        .headers();
        return ResponseEntity.ok()
                .headers(headers)
                .body(new DeadLetterPage(shown.stream()
                        .map(DeadLetterRepository.DeadLetterRow::item)
                        .toList()));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "countDeadLetters",
            summary = "How many dead letters there are, by status and by reason",
            description = "Takes the conditions of the list.")
    @GetMapping(path = "/api/admin/dead-letters/count", produces = MediaType.APPLICATION_JSON_VALUE)
    DeadLetterCount count(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var filter = DeadLetterFilter.read(parameters);
        parameters.check();
        return DeadLetterTally.count(costlyIfText(filter, () -> letters.count(filter)));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getDeadLetterGroups",
            summary = "Dead letters, grouped by their likely cause",
            description =
                    "A group has the same reason, type of failure and message, apart from ids, numbers and quoted values."
                            + " Takes the conditions of the list. Most open letters first.")
    @GetMapping(path = "/api/admin/dead-letters/groups", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DeadLetterGroups> groups(HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var filter = DeadLetterFilter.read(parameters);
        var limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        var list = "dead letter groups " + filter.values();
        var cursor = CountCursor.read(parameters, list);
        parameters.check();
        var found = DeadLetterTally.after(
                        cursor,
                        DeadLetterTally.groups(costly.read(CostlyRead.OF_DEAD_LETTERS, () -> letters.groups(filter))))
                .stream()
                .limit(limit + 1L)
                .toList();
        var shown = found.subList(0, Math.min(limit, found.size()));
        var headers = found.size() > shown.size()
                ? filter.addTo(NextLink.of(request, shown.getLast().place().encode(list))
                                .with("limit", limit))
                        .headers()
                : new HttpHeaders();
        var samples = letters.bySequence(
                shown.stream().map(DeadLetterTally.Group::sample).toList());
        return ResponseEntity.ok().headers(headers).body(DeadLetterTally.named(shown, samples));
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "exportDeadLetters",
            summary = "Dead letters in full, one a line",
            description =
                    "Takes the conditions of the list. In the order of archiving; each line has one dead letter in full."
                            + " Letters are read while they are sent, so those that come or go meanwhile may be in it or not.")
    @GetMapping(path = "/api/admin/dead-letters/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    // Not StreamingResponseBody: the server ends those after 30 seconds, in the middle of a long export.
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parameters = new RequestParameters(request);
        var filter = DeadLetterFilter.read(parameters);
        parameters.check();
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        export.write(filter, response.getOutputStream());
    }

    @RequiresRole(Role.OPS_READ)
    @Operation(
            operationId = "getDeadLetter",
            summary = "One dead letter in full",
            description =
                    "The original message, the last edit and its differences, the wager stored under the wagerId and its"
                            + " differences, and the timeline.")
    @GetMapping(path = "/api/admin/dead-letters/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    DeadLetterDetail detail(@PathVariable("id") String id, HttpServletRequest request) {
        var parameters = new RequestParameters(request);
        var deadLetterId = parameters.id("id", id);
        parameters.check();
        return reader.find(deadLetterId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.DEAD_LETTER_UNKNOWN, "No dead letter of this id is archived."));
    }

    private Found find(DeadLetterFilter filter, @Nullable TimeCursor cursor, int limit) {
        var end = filter.text() == null
                ? null
                : letters.place(filter.withoutText(), cursor, TEXT_WINDOW).orElse(null);
        // One more than asked for tells whether anything follows.
        return new Found(letters.page(filter, cursor, end, limit + 1), end);
    }

    private <T> T costlyIfText(DeadLetterFilter filter, Supplier<T> reading) {
        return filter.text() == null ? reading.get() : costly.read(CostlyRead.OF_DEAD_LETTERS, reading);
    }

    /** Letters, and the place up to which a search has looked; null if it has looked to the end. */
    private record Found(
            List<DeadLetterRepository.DeadLetterRow> letters,
            @Nullable TimeCursor end) {}
}
