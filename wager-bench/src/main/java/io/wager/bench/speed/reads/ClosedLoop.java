package io.wager.bench.speed.reads;

import io.wager.bench.speed.LatencyHistogram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** A few clients with kept connections, each of which asks again when it has its answer. Used by one thread. */
final class ClosedLoop implements AutoCloseable {

    private static final int CLIENTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    /**
     * Asks the same again and again.
     *
     * @param requests of all clients together
     */
    LatencyHistogram run(HttpRequest read, int requests) throws IOException, InterruptedException {
        var latencies = new LatencyHistogram();
        List<Future<?>> running = new ArrayList<>();
        for (var client = 0; client < CLIENTS; client++) {
            running.add(clients.submit(() -> {
                for (var request = 0; request < requests / CLIENTS; request++) {
                    var start = System.nanoTime();
                    ask(read);
                    latencies.record(System.nanoTime() - start);
                }
                return null;
            }));
        }
        try {
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("a read failed", failure.getCause());
        }
        return latencies;
    }

    /** The next page, as the answer's link says. */
    URI next(URI page) throws IOException, InterruptedException {
        var link = ask(get(page))
                .headers()
                .firstValue("Link")
                .orElseThrow(() -> new IOException(page + " has no next page"));
        return page.resolve(link.substring(link.indexOf('<') + 1, link.indexOf('>')));
    }

    /** A page. */
    static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    }

    /** What became of wagers. */
    static HttpRequest fates(URI uri, List<UUID> wagers) {
        var ids = wagers.stream().map(id -> '"' + id.toString() + '"').collect(Collectors.joining(","));
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"wagerIds\":[" + ids + "]}"))
                .build();
    }

    private HttpResponse<byte[]> ask(HttpRequest read) throws IOException, InterruptedException {
        var response = http.send(read, BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException(read.uri() + " answered " + response.statusCode());
        }
        return response;
    }

    @Override
    public void close() {
        clients.shutdownNow();
        clients.close();
        http.close();
    }
}
