package io.wager.api.wager;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.wager.api.access.CountsWagers;
import io.wager.api.access.RequiresRole;
import io.wager.api.access.Role;
import io.wager.api.http.HttpProperties;
import io.wager.api.http.IncomingBody;
import io.wager.api.http.RequestBodies;
import io.wager.api.limit.RateLimits;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import io.wager.api.problem.RetryAfter;
import io.wager.api.request.RequestTrace;
import io.wager.core.wager.BatchVerdict;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerVerdict;
import io.wager.service.validation.ValidationProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes wagers: one, or many at once. */
@Tag(name = "Wagers")
@RestController
final class WagerController {

    private final WagerIntake intake;
    private final WagerDecoder decoder;
    private final IngressMetrics metrics;
    private final HttpProperties limits;
    private final RequestBounds bounds;
    private final RateLimits rates;
    private final Clock clock;

    WagerController(
            WagerIntake intake,
            ValidationProperties validation,
            IngressMetrics metrics,
            HttpProperties limits,
            RequestBounds bounds,
            RateLimits rates,
            Clock clock) {
        this.intake = intake;
        this.decoder = new WagerDecoder(validation.maxClockSkew());
        this.metrics = metrics;
        this.limits = limits;
        this.bounds = bounds;
        this.rates = rates;
        this.clock = clock;
    }

    @RequiresRole(Role.WAGERS_WRITE)
    @CountsWagers
    @Operation(
            operationId = "postWager",
            summary = "Accept one wager",
            description =
                    "Answers 200 once the wager is durable. The same wager may be sent any number of times: it counts"
                            + " once. After a 503, or without an answer, send it again.")
    @PostMapping(
            path = "/api/player/casinowager",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AcceptedResponse> post(HttpServletRequest request) {
        metrics.received(1);
        var receipt = metrics.timeSingle(() -> takeSingle(request));
        return switch (receipt) {
            case Receipt.Accepted(var wagerId) -> ResponseEntity.ok(new AcceptedResponse(wagerId.value(), "accepted"));
            case Receipt.Rejected(var ignored, var problem) -> throw problem;
            case Receipt.Failed(var ignored, var problem) -> throw problem;
        };
    }

    @RequiresRole(Role.WAGERS_WRITE)
    @CountsWagers
    @Operation(
            operationId = "postWagers",
            summary = "Accept many wagers",
            description =
                    "A JSON array, or newline-delimited JSON with a wager a line. Answers 200 if all were accepted, else"
                            + " 207; one bad wager never stops its neighbours. Send the items with `retryable` true again.")
    @PostMapping(
            path = "/api/player/casinowagers",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<BatchResponse> postBatch(HttpServletRequest request) {
        var receipts = metrics.timeBatch(() -> takeBatch(request));
        var answer = BatchResponse.of(
                receipts, request.getRequestURI(), RequestTrace.of(request).traceId());
        var headers = new HttpHeaders();
        if (answer.failed() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds(receipts)));
        }
        var status = answer.accepted() == receipts.size() ? HttpStatus.OK : HttpStatus.MULTI_STATUS;
        return new ResponseEntity<>(answer, headers, status);
    }

    private static int retryAfterSeconds(List<Receipt> receipts) {
        return receipts.stream()
                .mapToInt(receipt -> receipt instanceof Receipt.Failed failed
                        ? failed.problem().retryAfterSeconds()
                        : 0)
                .max()
                .orElse(RetryAfter.LEAST_SECONDS);
    }

    private Receipt takeSingle(HttpServletRequest request) {
        try {
            // A slow client holds none of the places: those are for wagers that are here.
            var body = RequestBodies.read(request, limits.maxSingleSize());
            return bounds.single(() -> decodeAndTakeSingle(body, request));
        } catch (ProblemException e) {
            metrics.unread(e.type());
            throw e;
        }
    }

    private Receipt decodeAndTakeSingle(byte[] body, HttpServletRequest request) {
        var verdict = decoder.decode(body, clock.instant());
        return take(List.of(verdict), request).getFirst();
    }

    private List<Receipt> takeBatch(HttpServletRequest request) {
        try {
            var body = RequestBodies.read(request, limits.maxBatchSize());
            return bounds.batch(() -> decodeAndTakeBatch(body, request));
        } catch (ProblemException e) {
            metrics.refusedBatch();
            throw e;
        }
    }

    private List<Receipt> decodeAndTakeBatch(byte[] body, HttpServletRequest request) {
        var verdicts = decodeBatch(body, request);
        // Before anything is published: all of a batch, or nothing. The first was charged before the body was read.
        rates.chargeBatch(request, verdicts.size());
        metrics.received(verdicts.size());
        return take(verdicts, request);
    }

    private List<WagerVerdict> decodeBatch(byte[] body, HttpServletRequest request) {
        var now = clock.instant();
        // The mapping let the request through, so its media type is there and is one of the two.
        var mediaType = MediaType.parseMediaType(Objects.requireNonNull(request.getContentType()));
        var verdict = MediaType.APPLICATION_NDJSON.includes(mediaType)
                ? decoder.decodeLines(body, limits.maxBatchItems(), now)
                : decoder.decodeArray(body, limits.maxBatchItems(), now);
        return switch (verdict) {
            case BatchVerdict.Items(var verdicts) -> verdicts;
            case BatchVerdict.Refused(var detail) ->
                throw new ProblemException(ProblemType.INVALID_BATCH, detail + " Nothing was accepted.");
        };
    }

    private List<Receipt> take(List<WagerVerdict> verdicts, HttpServletRequest request) {
        var isFinished = false;
        try {
            var receipts = intake.take(verdicts, RequestTrace.of(request), IncomingBody.of(request));
            metrics.finished(receipts);
            isFinished = true;
            return receipts;
        } finally {
            if (!isFinished) {
                metrics.lost(verdicts.size());
            }
        }
    }
}
