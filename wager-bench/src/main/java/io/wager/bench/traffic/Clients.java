package io.wager.bench.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wager.bench.rig.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Clients that post a stream and repeat whatever they are not sure of, to any instance, until it is accepted or refused. Some
 * are impatient and send the same request to two instances at once. {@link #close} ends them.
 */
public final class Clients implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int HEDGED_IN = 20;
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int PACE_MILLIS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Node> apis;
    private final RequestSource stream;
    private final Ledger ledger;
    private final double perSecond;
    private final long startNanos = System.nanoTime();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong doubts = new AtomicLong();
    private volatile String lastDoubt = "none";

    /**
     * Starts to post.
     *
     * @param apis the instances to post to
     * @param stream what
     * @param ledger keeps what was sent and answered
     * @param clients how many clients at once
     * @param perSecond how many wagers of the stream are handed out per second on the whole; who was held up catches up
     */
    public Clients(List<Node> apis, RequestSource stream, Ledger ledger, int clients, double perSecond) {
        this.apis = apis;
        this.stream = stream;
        this.ledger = ledger;
        this.perSecond = perSecond;
        for (var client = 0; client < clients; client++) {
            running.add(threads.submit(this::post));
        }
    }

    /** How often a client was not sure and repeated its request. */
    public long doubts() {
        return doubts.get();
    }

    /** Whether all of the stream has been accepted or refused. */
    public boolean areDone() {
        return running.stream().allMatch(Future::isDone);
    }

    /**
     * Waits until all of the stream is accepted or refused.
     *
     * @throws IllegalStateException if that takes too long
     */
    public void awaitEnd(Duration patience) throws InterruptedException {
        await(patience);
    }

    /**
     * Takes nothing more of the stream, and waits until what is on its way is accepted or refused.
     *
     * @throws IllegalStateException if that takes too long
     */
    public void finish(Duration patience) throws InterruptedException {
        stopping.countDown();
        await(patience);
    }

    private void await(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        for (var client : running) {
            try {
                client.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException tooLong) {
                throw new IllegalStateException(
                        "clients are still not sure after " + patience + ": " + lastDoubt, tooLong);
            } catch (ExecutionException broken) {
                throw new IllegalStateException("a client broke", broken.getCause());
            }
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        threads.shutdownNow();
        http.shutdownNow();
    }

    private Void post() throws InterruptedException {
        while (isTurn()) {
            var items = stream.nextRequest();
            if (items.isEmpty()) {
                return null;
            }
            items.stream().filter(Item::isValid).forEach(ledger::sending);
            if (ThreadLocalRandom.current().nextInt(HEDGED_IN) == 0) {
                var hedge = threads.submit(() -> send(items));
                send(items);
                awaitHedge(hedge);
            }
            sendUntilAnswered(items);
        }
        return null;
    }

    private static void awaitHedge(Future<List<Item>> hedge) throws InterruptedException {
        try {
            hedge.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a client broke", failed);
        }
    }

    /** Waits for its turn by the pace; false once the clients are to stop. */
    private boolean isTurn() throws InterruptedException {
        while (!stopping.await(0, TimeUnit.MILLISECONDS)) {
            if (stream.position() <= perSecond * (System.nanoTime() - startNanos) / 1e9) {
                return true;
            }
            if (stopping.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private void sendUntilAnswered(List<Item> items) throws InterruptedException {
        var wait = 20L;
        for (var left = send(items); !left.isEmpty(); left = send(left)) {
            doubts.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(wait + ThreadLocalRandom.current().nextLong(wait));
            wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
        }
    }

    /** Sends once, and returns what has to be sent again. */
    private List<Item> send(List<Item> items) throws InterruptedException {
        var api = apis.get(ThreadLocalRandom.current().nextInt(apis.size()));
        try {
            return items.size() == 1 ? sendSingle(api, items.getFirst()) : sendBatch(api, items);
        } catch (IOException doubt) {
            lastDoubt = api.name() + ": " + doubt;
            return items;
        }
    }

    private List<Item> sendSingle(Node api, Item item) throws IOException, InterruptedException {
        var answer = send(api, "/api/player/casinowager", "application/json", item.json());
        switch (answer.statusCode()) {
            case 200 -> judge(item, "accepted", answer);
            case 400 -> judge(item, "rejected", answer);
            case 503 -> {
                if (answer.headers().firstValue("Retry-After").isEmpty()) {
                    ledger.broken("503 without Retry-After: " + answer.body());
                }
                lastDoubt = api.name() + ": " + answer.body();
                return List.of(item);
            }
            default -> {
                ledger.broken("POST of a wager: " + answer.statusCode() + " " + answer.body());
                return List.of(item);
            }
        }
        return List.of();
    }

    private List<Item> sendBatch(Node api, List<Item> items) throws IOException, InterruptedException {
        var body = items.stream().map(Item::json).collect(Collectors.joining("\n"));
        var answer = send(api, "/api/player/casinowagers", "application/x-ndjson", body);
        if (answer.statusCode() != 200 && answer.statusCode() != 207) {
            if (answer.statusCode() != 503) {
                ledger.broken("POST of a batch: " + answer.statusCode() + " " + answer.body());
            }
            return items;
        }
        List<Item> again = new ArrayList<>();
        var results = JSON.readTree(answer.body()).get("items");
        if (results.size() != items.size()) {
            ledger.broken("a batch of " + items.size() + " was answered with " + results.size());
            return items;
        }
        for (var i = 0; i < items.size(); i++) {
            var status = text(results.get(i), "status");
            if (status.equals("failed")) {
                lastDoubt = api.name() + ": " + results.get(i);
                again.add(items.get(i));
            } else {
                judge(items.get(i), status, answer);
            }
        }
        return again;
    }

    private void judge(Item item, String status, HttpResponse<String> answer) {
        if (!status.equals(item.isValid() ? "accepted" : "rejected")) {
            ledger.broken(
                    "%s, though it is %s: %s".formatted(status, item.isValid() ? "valid" : "not valid", item.json()));
        } else if (item.isValid()) {
            ledger.accepted(item);
        } else if (answer.body().isEmpty()) {
            ledger.broken("refused without a problem");
        }
    }

    private HttpResponse<String> send(Node api, String path, String contentType, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(api.uri(path))
                        .timeout(REQUEST_TIMEOUT)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String text(JsonNode node, String property) {
        return node.path(property).asText();
    }
}
