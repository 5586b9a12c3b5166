package io.wager.cli.api;

import com.fasterxml.jackson.core.JsonFactory;
import io.wager.cli.api.Answer.Away;
import io.wager.cli.api.Answer.Fault;
import io.wager.cli.api.Answer.Given;
import io.wager.cli.api.Answer.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls of the wager API, each one attempt. Any number of threads may share one. */
public final class WagerApi implements AutoCloseable {

    /** Most wagers, and most ids, that one request may have. */
    public static final int MAX_ITEMS = 1_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Well above the server's own deadline for confirms, 5 s. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final String APPLICATION_JSON = "application/json";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI base;

    /**
     * A client.
     *
     * @param base where the API is, such as {@code http://127.0.0.1:8080}
     */
    public WagerApi(URI base) {
        this.base = base.getRawPath().endsWith("/") ? base : URI.create(base + "/");
    }

    /**
     * Posts one wager.
     *
     * @param wager its JSON
     * @return its receipt
     * @throws NotTheApiException if what answers is not the API
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<Receipt> post(byte[] wager) throws NotTheApiException, InterruptedException {
        var request = request("api/player/casinowager", APPLICATION_JSON)
                .POST(BodyPublishers.ofByteArray(wager))
                .build();
        return call(request, response -> new Receipt.Accepted());
    }

    /**
     * Posts a batch.
     *
     * @param lines one wager each, without line ends; 1 to {@value #MAX_ITEMS}
     * @return a receipt for each, in the same order
     * @throws NotTheApiException if what answers is not the API
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Receipt>> postBatch(List<byte[]> lines) throws NotTheApiException, InterruptedException {
        var body = new ByteArrayOutputStream(
                lines.stream().mapToInt(line -> line.length + 1).sum());
        for (var line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        var request = request("api/player/casinowagers", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return call(request, response -> receipts(response.body(), lines.size()));
    }

    /**
     * Asks what became of wagers.
     *
     * @param wagerIds 1 to {@value #MAX_ITEMS}
     * @return their fates in the same order
     * @throws NotTheApiException if what answers is not the API
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Fate>> fates(List<UUID> wagerIds) throws NotTheApiException, InterruptedException {
        var request = request("api/player/casinowager/fates", APPLICATION_JSON)
                .POST(BodyPublishers.ofString(fatesBody(wagerIds)))
                .build();
        return call(request, response -> {
            var fates = fates(response.body());
            if (!fates.stream().map(Fate::wagerId).toList().equals(wagerIds)) {
                throw new IOException("the fates are not those of the wagers asked for");
            }
            return fates;
        });
    }

    /**
     * Asks who spent most.
     *
     * @param count how many, 1 to 1,000
     * @return the players, highest first
     * @throws NotTheApiException if what answers is not the API
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Spender>> topSpenders(int count) throws NotTheApiException, InterruptedException {
        return call(get(base.resolve("api/player/topSpenders?count=" + count)), response -> spenders(response.body()));
    }

    /**
     * Where a player's history begins.
     *
     * @param accountId the player
     * @param pageSize how many wagers a page has, 1 to 100
     * @return the first page
     */
    public URI history(UUID accountId, int pageSize) {
        return base.resolve("api/player/" + accountId + "/casino?pageSize=" + pageSize);
    }

    /**
     * Reads a page of a player's history.
     *
     * @param page where it is: {@link #history}, or {@link HistoryPage#next}
     * @return the page
     * @throws NotTheApiException if what answers is not the API
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<HistoryPage> historyPage(URI page) throws NotTheApiException, InterruptedException {
        return call(get(page), response -> {
            var json = Json.parse(response.body());
            List<BigDecimal> amounts = new ArrayList<>();
            for (var item : json.get("data").elements()) {
                amounts.add(item.get("amount").number());
            }
            var total = json.find("total");
            return new HistoryPage(
                    amounts, total == null ? null : total.number().longValueExact(), next(page, response));
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", contentType)
                .header("Accept", APPLICATION_JSON + ", application/problem+json");
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", APPLICATION_JSON + ", application/problem+json")
                .build();
    }

    private <T> Answer<T> call(HttpRequest request, Reading<T> reading)
            throws NotTheApiException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            return new Away<>("no answer in time", null);
        } catch (ConnectException e) {
            return new Away<>("no connection", null);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            return new Away<>("the connection broke", null);
        }
        var status = response.statusCode();
        try {
            return switch (status) {
                case 200, 207 -> new Given<>(reading.read(response), retryAfter(response));
                case 400, 413 -> new Refused<>(faults(response.body(), status));
                case 408, 429, 500, 502, 503, 504 -> new Away<>(reason(response.body(), status), retryAfter(response));
                default ->
                    throw new NotTheApiException(request.uri() + " answered " + status
                            + ", which a wager API never does: is the URL right?");
            };
        } catch (IOException | ArithmeticException e) {
            throw new NotTheApiException(request.uri() + " answered " + status
                    + " with something that is not the wager API's: is the URL right? (" + e.getMessage() + ")");
        }
    }

    private static List<Receipt> receipts(byte[] body, int expected) throws IOException {
        List<Receipt> receipts = new ArrayList<>(expected);
        for (var item : Json.parse(body).get("items").elements()) {
            if (item.get("index").number().compareTo(BigDecimal.valueOf(receipts.size())) != 0) {
                throw new IOException("the receipts are not in the order sent");
            }
            receipts.add(receipt(item));
        }
        if (receipts.size() != expected) {
            throw new IOException("there are " + receipts.size() + " receipts for " + expected + " wagers");
        }
        return receipts;
    }

    private static Receipt receipt(Json item) throws IOException {
        var status = item.get("status").text();
        return switch (status) {
            case "accepted" -> new Receipt.Accepted();
            case "rejected" -> new Receipt.Rejected(item.textOf("wagerId"), faultsOf(item.get("problem")));
            case "failed" -> {
                var retryable = item.find("retryable");
                yield new Receipt.Failed(retryable != null && retryable.isTrue(), title(item.get("problem")));
            }
            default -> throw new IOException("a receipt has the status " + status);
        };
    }

    private static List<Fate> fates(byte[] body) throws IOException {
        List<Fate> fates = new ArrayList<>();
        for (var fate : Json.parse(body).get("fates").elements()) {
            fates.add(new Fate(
                    uuid(fate.get("wagerId")),
                    fate.get("status").text(),
                    fate.get("conflicts").number().intValueExact()));
        }
        return fates;
    }

    private static List<Spender> spenders(byte[] body) throws IOException {
        List<Spender> spenders = new ArrayList<>();
        for (var spender : Json.parse(body).elements()) {
            spenders.add(new Spender(
                    uuid(spender.get("accountId")),
                    spender.get("username").text(),
                    spender.get("totalAmountSpend").number()));
        }
        return spenders;
    }

    private static UUID uuid(Json json) throws IOException {
        try {
            return UUID.fromString(json.text());
        } catch (IllegalArgumentException e) {
            throw new IOException("an id is not a UUID", e);
        }
    }

    private static @Nullable URI next(URI page, HttpResponse<byte[]> response) throws IOException {
        for (var link : response.headers().allValues("Link")) {
            var matcher = NEXT_LINK.matcher(link);
            if (matcher.find()) {
                try {
                    return page.resolve(matcher.group(1));
                } catch (IllegalArgumentException e) {
                    throw new IOException("the link to the next page is not a URI", e);
                }
            }
        }
        return null;
    }

    private static List<Fault> faults(byte[] body, int status) {
        try {
            return faultsOf(Json.parse(body));
        } catch (IOException e) {
            // Something before the API refused, such as a proxy: the status is all there is to tell.
            return List.of(new Fault("", "status-" + status, "refused with status " + status));
        }
    }

    /** The faults that a problem lists, or else the problem itself. */
    private static List<Fault> faultsOf(Json problem) throws IOException {
        List<Fault> faults = new ArrayList<>();
        var errors = problem.find("errors");
        if (errors != null) {
            for (var error : errors.elements()) {
                var pointer = error.textOf("pointer");
                var detail = error.textOf("detail");
                faults.add(new Fault(
                        pointer == null ? "" : pointer, error.get("code").text(), detail == null ? "" : detail));
            }
        }
        if (faults.isEmpty()) {
            var type = problem.textOf("type");
            var detail = problem.textOf("detail");
            faults.add(new Fault("", type == null ? "unknown" : lastPart(type), detail == null ? "" : detail));
        }
        return faults;
    }

    private static String lastPart(String type) {
        return type.substring(Math.max(type.lastIndexOf(':'), type.lastIndexOf('/')) + 1);
    }

    private static String reason(byte[] body, int status) {
        try {
            return "status " + status + ": " + title(Json.parse(body));
        } catch (IOException e) {
            return "status " + status;
        }
    }

    private static String title(Json problem) throws IOException {
        var title = problem.textOf("title");
        return title == null ? "no reason given" : title;
    }

    /** RFC 9110: seconds, or a date. What is neither is passed over. */
    private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        var header = response.headers().firstValue("Retry-After").orElse("").strip();
        if (header.isEmpty()) {
            return null;
        }
        if (header.length() <= 9 && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            var until =
                    Duration.between(Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String fatesBody(List<UUID> wagerIds) {
        var body = new StringWriter();
        try (var json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeArrayFieldStart("wagerIds");
            for (var id : wagerIds) {
                json.writeString(id.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return body.toString();
    }

    /** Reads an answer of status 200 or 207. */
    private interface Reading<T> {
        T read(HttpResponse<byte[]> response) throws IOException;
    }
}
