package io.wager.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.wager.cli.api.Answer.Away;
import io.wager.cli.api.Answer.Failed;
import io.wager.cli.api.Answer.Given;
import io.wager.cli.api.Answer.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** The calls of the wager API, each one attempt. Any number of threads may share one. */
public final class WagerApi implements AutoCloseable {

    /** The most wagers, or ids, of one request. */
    public static final int MAX_ITEMS = 1_000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Well above the server's own deadline for confirms, 5 s. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final String APPLICATION_JSON = "application/json";
    private static final String ACCEPTED = APPLICATION_JSON + ", application/problem+json";

    private final HttpClient http;
    private final URI base;
    private final @Nullable String key;

    /**
     * A client.
     *
     * @param address where the API is
     */
    public WagerApi(ApiAddress address) {
        var uri = address.uri();
        base = uri.getRawPath().endsWith("/") ? uri : URI.create(uri + "/");
        key = address.key();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        if (address.tls() != null) {
            client.sslContext(address.tls());
        }
        http = client.build();
    }

    /**
     * Posts one wager.
     *
     * @param wager its JSON
     * @return its receipt
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<Receipt> post(byte[] wager) throws UnusableApiException, InterruptedException {
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
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Receipt>> postBatch(List<byte[]> lines) throws UnusableApiException, InterruptedException {
        var body = new ByteArrayOutputStream(
                lines.stream().mapToInt(line -> line.length + 1).sum());
        for (var line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        var request = request("api/player/casinowagers", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return call(request, response -> Bodies.receipts(response.body(), lines.size()));
    }

    /**
     * Asks what became of wagers.
     *
     * @param wagerIds 1 to {@value #MAX_ITEMS}
     * @return their fates in the same order
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Fate>> fates(List<UUID> wagerIds) throws UnusableApiException, InterruptedException {
        var request = request("api/player/casinowager/fates", APPLICATION_JSON)
                .POST(BodyPublishers.ofByteArray(Bodies.ofFates(wagerIds)))
                .build();
        return call(request, response -> Bodies.fates(response.body(), wagerIds));
    }

    /**
     * Asks who spent most.
     *
     * @param count how many, 1 to 1,000
     * @return the players, highest first
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<List<Spender>> topSpenders(int count) throws UnusableApiException, InterruptedException {
        return call(
                get(base.resolve("api/player/topSpenders?count=" + count)),
                response -> Bodies.spenders(response.body()));
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
     * @throws UnusableApiException if the API can't be used
     * @throws InterruptedException if the thread was interrupted
     */
    public Answer<HistoryPage> historyPage(URI page) throws UnusableApiException, InterruptedException {
        return call(get(page), response -> {
            var history = Bodies.history(response.body());
            return new HistoryPage(
                    history.data().stream().map(Bodies.HistoryItem::amount).toList(),
                    history.total(),
                    next(page, response));
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return request(base.resolve(path)).header("Content-Type", contentType);
    }

    private HttpRequest get(URI uri) {
        return request(uri).build();
    }

    private HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(REQUEST_TIMEOUT).header("Accept", ACCEPTED);
        // A link that leads elsewhere gets no key.
        return key != null && base.getAuthority().equals(uri.getAuthority())
                ? request.header("X-API-Key", key)
                : request;
    }

    private <T> Answer<T> call(HttpRequest request, Reading<T> reading)
            throws UnusableApiException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            return new Away<>("no answer in time", null);
        } catch (ConnectException e) {
            return new Away<>("no connection", null);
        } catch (SSLHandshakeException e) {
            throw new UnusableApiException(request.uri() + ": the certificate is not taken (" + e.getMessage()
                    + "). Give the certificate of its issuer by --cacert.");
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            return new Away<>("the connection broke", null);
        }
        var status = response.statusCode();
        var reason = Bodies.reason(response.body(), status);
        return switch (status) {
            case 200, 207 -> given(request, response, reading);
            case 400, 413 -> new Refused<>(Bodies.faults(response.body(), status));
            case 408, 429, 502, 503, 504 -> new Away<>(reason, RetryAfter.of(response.headers()));
            case 500 -> new Failed<>(request.uri() + " answered " + reason);
            case 401, 403 ->
                throw new UnusableApiException(request.uri() + " answered " + reason
                        + ". It does not let this client in: give a key by WAGER_API_KEY or --api-key.");
            default ->
                throw new UnusableApiException(request.uri() + " answered " + reason
                        + ", which a wager API does not answer here: is the URL right?");
        };
    }

    private static <T> Answer<T> given(HttpRequest request, HttpResponse<byte[]> response, Reading<T> reading)
            throws UnusableApiException {
        try {
            return new Given<>(reading.read(response), RetryAfter.of(response.headers()));
        } catch (JsonProcessingException e) {
            throw notTheApi(request, response.statusCode(), e.getOriginalMessage());
        } catch (IOException e) {
            throw notTheApi(request, response.statusCode(), e.getMessage());
        }
    }

    private static UnusableApiException notTheApi(HttpRequest request, int status, @Nullable String problem) {
        return new UnusableApiException(request.uri() + " answered status " + status
                + " with something that is not the wager API's: is the URL right? (" + problem + ")");
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

    /** Reads an answer of status 200 or 207. */
    private interface Reading<T> {
        T read(HttpResponse<byte[]> response) throws IOException;
    }
}
