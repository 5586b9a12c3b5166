package io.wager.api.support;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The parts that every test of the API over HTTP needs: a client, the fake publisher, the stored wagers. */
@ApiSlice
public abstract class ApiTest {

    /** The path of single wagers. */
    protected static final String SINGLE = "/api/player/casinowager";

    /** The path of batches. */
    protected static final String BATCH = "/api/player/casinowagers";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    // Floats as decimals, so that trailing zeros and digits beyond a double's would show.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Autowired
    protected FakePublisher publisher;

    @Autowired
    protected StoredWagers stored;

    @Autowired
    protected ArchivedDeadLetters archived;

    @Autowired
    protected LetterRows letters;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @LocalServerPort
    private int port;

    @BeforeEach
    void startAfresh() {
        publisher.reset();
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
        stored.clear();
        archived.clear();
    }

    /** GETs a path. */
    protected HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** POSTs a JSON body. */
    protected HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", BodyPublishers.ofString(body));
    }

    /** POSTs a body of any media type. */
    protected HttpResponse<String> post(String path, String contentType, BodyPublisher body) {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    /** A request to a path. */
    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** Sends a request. */
    protected HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are, for what no client would send, and reads to the end. */
    protected String sendRaw(String bytes) throws IOException {
        return sendRaw(port, bytes);
    }

    /** Sends bytes as they are to a port on loopback, and reads to the end. */
    protected static String sendRaw(int port, String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The port on loopback where the API answers. */
    protected final int port() {
        return port;
    }

    /** A response's body. */
    protected static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    /** JSON as a tree. */
    protected static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
