package io.wager.cli.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.wager.core.wager.Amounts;
import io.wager.core.wager.BatchVerdict;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerId;
import io.wager.core.wager.WagerVerdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Keeps the contract simply, in memory, and breaks it where a test says so. */
public final class FakeApi implements AutoCloseable {

    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}");

    private final HttpServer server;
    private final WagerDecoder decoder = new WagerDecoder(Duration.ofMinutes(5));
    private final Map<WagerId, Wager> stored = new HashMap<>();
    private final Map<WagerId, Set<Wager>> conflicts = new HashMap<>();
    private final List<String> bodies = new ArrayList<>();
    private @Nullable Wager counterfeit;
    private @Nullable WagerId lost;
    private boolean isLosing;
    private boolean isDoubling;
    private int refusals;
    private int throttled;
    private int mostItems = 1_000;
    private int readStatus = 200;
    private String readBody = "";
    private int reads;
    private int postStatus = 200;
    private @Nullable String key;

    /** Starts on a free port. */
    public FakeApi() throws IOException {
        this(null);
    }

    /** Starts on a free port, with TLS if there is a certificate. */
    public FakeApi(@Nullable SSLContext tls) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            var secured = HttpsServer.create(address, 0);
            secured.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secured;
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Loses the wager that arrives first from now on, and every copy of it: a duplicate must not make good the loss. */
    public void loseOne() {
        isLosing = true;
    }

    /** Counts the first wager from now on twice. */
    public void countOneTwice() {
        isDoubling = true;
    }

    /** Lets in who has this key, and nobody else. */
    public synchronized void askFor(String wanted) {
        key = wanted;
    }

    /** Answers 503 to so many requests. */
    public void refuse(int requests) {
        refusals = requests;
    }

    /** Answers 429 to so many requests. */
    public synchronized void throttle(int requests) {
        throttled = requests;
    }

    /** Answers 413 to batches of more wagers, as to a key that may never send as many at once. */
    public synchronized void takeAtMost(int items) {
        mostItems = items;
    }

    /** Answers every read from now on with this status and body. */
    public synchronized void answerReads(int status, String body) {
        readStatus = status;
        readBody = body;
    }

    /** Answers every post of wagers from now on with this status and a problem. */
    public synchronized void answerPosts(int status) {
        postStatus = status;
    }

    /** How many reads came. */
    public synchronized int reads() {
        return reads;
    }

    /** The bodies of the batches that were taken. */
    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** How many wagers are stored. */
    public synchronized int stored() {
        return stored.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var path = exchange.getRequestURI().getPath();
        if (key != null && !key.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
            send(exchange, 401, "{\"title\":\"Valid credentials are needed\"}");
        } else if (refusals > 0) {
            refusals--;
            exchange.getResponseHeaders().set("Retry-After", "0");
            send(exchange, 503, "{\"title\":\"The broker is away\"}");
        } else if (throttled > 0) {
            throttled--;
            exchange.getResponseHeaders().set("Retry-After", "0");
            send(exchange, 429, "{\"title\":\"Too many requests\"}");
        } else if (path.contains("/casinowager") && !path.endsWith("/fates")) {
            post(exchange, path, body);
        } else {
            reads++;
            if (readStatus != 200 || !readBody.isEmpty()) {
                send(exchange, readStatus, readBody);
            } else {
                read(exchange, path, body);
            }
        }
    }

    private void post(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (postStatus != 200) {
            send(exchange, postStatus, "{\"title\":\"Posting is broken\"}");
        } else if (path.endsWith("/casinowagers")) {
            batch(exchange, body);
        } else {
            var receipt = receipt(0, decoder.decode(body, Instant.now()));
            send(exchange, receipt.contains("accepted") ? 200 : 400, receipt);
        }
    }

    private void read(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (path.endsWith("/fates")) {
            fates(exchange, new String(body, StandardCharsets.UTF_8));
        } else if (path.endsWith("/topSpenders")) {
            topSpenders(exchange);
        } else {
            history(exchange, path);
        }
    }

    private void batch(HttpExchange exchange, byte[] body) throws IOException {
        if (new String(body, StandardCharsets.UTF_8).lines().count() > mostItems) {
            send(exchange, 413, "{\"title\":\"The body is too large\"}");
            return;
        }
        bodies.add(new String(body, StandardCharsets.UTF_8));
        if (!(decoder.decodeLines(body, 1_000, Instant.now()) instanceof BatchVerdict.Items(var verdicts))) {
            send(exchange, 400, "{\"type\":\"urn:wager:problem:invalid-batch\"}");
            return;
        }
        List<String> receipts = new ArrayList<>();
        for (var verdict : verdicts) {
            receipts.add(receipt(receipts.size(), verdict));
        }
        send(exchange, 207, "{\"items\":[" + String.join(",", receipts) + "]}");
    }

    private String receipt(int index, WagerVerdict verdict) {
        return switch (verdict) {
            case WagerVerdict.Valid(var wager) -> {
                store(wager);
                yield "{\"index\":" + index + ",\"status\":\"accepted\"}";
            }
            case WagerVerdict.Invalid invalid -> {
                var fault = invalid.faults().getFirst();
                yield "{\"index\":" + index + ",\"status\":\"rejected\",\"problem\":{\"errors\":[{\"pointer\":\""
                        + fault.pointer() + "\",\"code\":\"" + fault.code().wireForm() + "\",\"detail\":\""
                        + fault.detail() + "\"}]}}";
            }
            case WagerVerdict.Malformed ignored ->
                "{\"index\":" + index
                        + ",\"status\":\"rejected\",\"problem\":{\"type\":\"urn:wager:problem:malformed-json\"}}";
        };
    }

    private void store(Wager wager) {
        if (isLosing) {
            isLosing = false;
            lost = wager.wagerId();
        }
        if (wager.wagerId().equals(lost)) {
            return;
        }
        if (isDoubling) {
            isDoubling = false;
            counterfeit = wager;
        }
        var first = stored.putIfAbsent(wager.wagerId(), wager);
        if (first != null && !first.equals(wager)) {
            conflicts
                    .computeIfAbsent(wager.wagerId(), ignored -> new HashSet<>())
                    .add(wager);
        }
    }

    private void fates(HttpExchange exchange, String body) throws IOException {
        var fates = UUIDS.matcher(body)
                .results()
                .map(match -> {
                    var id = WagerId.parse(match.group()).orElseThrow();
                    return "{\"wagerId\":\"" + id + "\",\"status\":\"" + (stored.containsKey(id) ? "stored" : "unknown")
                            + "\",\"conflicts\":"
                            + conflicts.getOrDefault(id, Set.of()).size() + "}";
                })
                .toList();
        send(exchange, 200, "{\"fates\":[" + String.join(",", fates) + "]}");
    }

    private void topSpenders(HttpExchange exchange) throws IOException {
        Map<Object, BigDecimal> totals = new HashMap<>();
        Map<Object, Wager> latest = new HashMap<>();
        stored.values().forEach(wager -> {
            totals.merge(wager.accountId(), wager.amount(), BigDecimal::add);
            latest.merge(wager.accountId(), wager, (a, b) -> a.createdDateTime().isAfter(b.createdDateTime()) ? a : b);
        });
        if (counterfeit != null) {
            totals.merge(counterfeit.accountId(), counterfeit.amount(), BigDecimal::add);
        }
        var spenders = totals.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> {
                    var wager = latest.get(entry.getKey());
                    return wager == null
                            ? ""
                            : "{\"accountId\":\"" + wager.accountId().value() + "\",\"username\":\"" + wager.username()
                                    + "\",\"totalAmountSpend\":"
                                    + Amounts.normalise(entry.getValue()).toPlainString() + "}";
                })
                .toList();
        send(exchange, 200, "[" + String.join(",", spenders) + "]");
    }

    private void history(HttpExchange exchange, String path) throws IOException {
        var amounts = stored.values().stream()
                .filter(wager -> path.contains(wager.accountId().value().toString()))
                .map(wager -> "{\"amount\":" + wager.amount().toPlainString() + "}")
                .toList();
        send(exchange, 200, "{\"data\":[" + String.join(",", amounts) + "],\"total\":" + amounts.size() + "}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
