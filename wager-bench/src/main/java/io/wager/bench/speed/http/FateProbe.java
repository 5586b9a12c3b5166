package io.wager.bench.speed.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.bench.speed.LatencyHistogram;
import io.wager.bench.speed.http.LoadResult.Queryable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Asks the API for the fate of accepted wagers, many in one call and one call after the other, until they are stored. What it
 * tells is never too short, and too long by up to one poll. Safe for any number of threads.
 */
final class FateProbe implements AutoCloseable {

    private static final int MOST_IDS = 1_000;
    private static final long PAUSE_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI fates;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<UUID, Accepted> waiting = new ConcurrentHashMap<>();
    private final LatencyHistogram stored = new LatencyHistogram();
    private final LatencyHistogram polls = new LatencyHistogram();
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fates").factory());
    private final Future<?> polling;
    private int found;
    private long lastPoll;

    /** Asks an API. */
    FateProbe(String baseUri) {
        fates = URI.create(baseUri + "/api/player/casinowager/fates");
        polling = poller.scheduleWithFixedDelay(this::poll, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Asks for a wager from now on.
     *
     * @param id its wagerId
     * @param at when it was accepted, by {@link System#nanoTime}
     * @param counts whether its latency counts; that of the warm-up does not, and yet it has to be stored
     */
    void accepted(UUID id, long at, boolean counts) {
        waiting.putIfAbsent(id, new Accepted(at, counts));
    }

    private void poll() {
        var begin = System.nanoTime();
        var asked = List.copyOf(waiting.keySet());
        if (asked.isEmpty()) {
            lastPoll = 0;
            return;
        }
        if (lastPoll != 0) {
            polls.record(begin - lastPoll);
        }
        lastPoll = begin;
        for (var from = 0; from < asked.size(); from += MOST_IDS) {
            ask(asked.subList(from, Math.min(asked.size(), from + MOST_IDS)));
        }
    }

    private void ask(List<UUID> ids) {
        try {
            var request = HttpRequest.newBuilder(fates)
                    .header("Content-Type", "application/json")
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("wagerIds", ids))))
                    .build();
            var answer = http.send(request, BodyHandlers.ofByteArray());
            var now = System.nanoTime();
            if (answer.statusCode() != 200) {
                return; // asked again by the next poll: what is never answered counts as not stored
            }
            for (var fate : JSON.readTree(answer.body()).path("fates")) {
                if (fate.path("status").asText().equals("stored")) {
                    var accepted =
                            waiting.remove(UUID.fromString(fate.path("wagerId").asText()));
                    if (accepted != null) {
                        found++;
                        if (accepted.counts()) {
                            stored.record(now - accepted.at());
                        }
                    }
                }
            }
        } catch (IOException asksAgain) {
            lastPoll = 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for those that are not stored yet, half a minute at most, and ends. */
    Queryable finish() {
        var unstored = 0;
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> waiting.isEmpty() || polling.isDone());
        } catch (ConditionTimeoutException late) {
            unstored = waiting.size();
        }
        if (polling.state() == Future.State.FAILED) {
            throw new IllegalStateException("asking for fates failed", polling.exceptionNow());
        }
        close();
        return new Queryable(found + unstored, unstored, LoadResult.Latencies.of(stored), polls.millis(99));
    }

    @Override
    public void close() {
        poller.shutdownNow();
        poller.close();
    }

    /** A wager that is waited for. */
    private record Accepted(long at, boolean counts) {}
}
