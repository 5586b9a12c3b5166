package io.wager.standalone.drain;

import static io.wager.testkit.WagerBuilder.aWager;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clients that post singles and batches at a steady rate, each on connections that it keeps alive, and don't try again what
 * went wrong: whatever is not answered 200 and accepted is a failure.
 */
final class SteadyLoad implements AutoCloseable {

    private static final int PLAYERS = 20;
    private static final int SINGLE_CLIENTS = 4;
    private static final int BATCH_CLIENTS = 2;
    private static final int BATCH = 20;
    private static final long SINGLE_MILLIS = 40;
    private static final long BATCH_MILLIS = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<ServiceProcess> balancer;
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(SINGLE_CLIENTS + BATCH_CLIENTS);
    private final Queue<Wager> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<ServiceProcess, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicInteger lastAnswers = new AtomicInteger();
    private volatile @Nullable Wager lastAccepted;

    private SteadyLoad(Supplier<ServiceProcess> balancer, long seed, boolean repeats) {
        this.balancer = balancer;
        for (var number = 0; number < SINGLE_CLIENTS + BATCH_CLIENTS; number++) {
            var client = new Client(new Random(seed + number), number < SINGLE_CLIENTS ? 1 : BATCH, repeats);
            var millis = number < SINGLE_CLIENTS ? SINGLE_MILLIS : BATCH_MILLIS;
            var unused = clients.scheduleAtFixedRate(client::post, 0, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Never the same wager twice. */
    static SteadyLoad ofNewWagers(Supplier<ServiceProcess> balancer, long seed) {
        return new SteadyLoad(balancer, seed, false);
    }

    /** One wager in five is one that was accepted before, of any client. */
    static SteadyLoad withRepeats(Supplier<ServiceProcess> balancer, long seed) {
        return new SteadyLoad(balancer, seed, true);
    }

    /** What was accepted, in any order, repeats included. */
    Collection<Wager> accepted() {
        return accepted;
    }

    Collection<String> failures() {
        return failures;
    }

    /** How many answers an instance has given. */
    int answersOf(ServiceProcess instance) {
        return answers.computeIfAbsent(instance, unused -> new AtomicInteger()).get();
    }

    /** How many answers said that they are the last on their connection. */
    int lastAnswers() {
        return lastAnswers.get();
    }

    /** Sends nothing more, and returns when every request has its answer. */
    void finish() {
        clients.shutdown();
        try {
            if (!clients.awaitTermination(30, TimeUnit.SECONDS)) {
                failures.add("a request has no answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    private final class Client {

        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        private final Random random;
        private final int size;
        private final boolean repeats;

        Client(Random random, int size, boolean repeats) {
            this.random = random;
            this.size = size;
            this.repeats = repeats;
        }

        void post() {
            var wagers = wagers();
            try {
                var instance = balancer.get();
                var answer = http.send(
                        size == 1 ? single(instance, wagers) : batch(instance, wagers), BodyHandlers.ofString());
                if (isAccepted(answer)) {
                    accepted.addAll(wagers);
                    lastAccepted = wagers.getFirst();
                } else {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
                answers.computeIfAbsent(instance, unused -> new AtomicInteger()).incrementAndGet();
                if (answer.headers().allValues("Connection").contains("close")) {
                    lastAnswers.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }

        private boolean isAccepted(HttpResponse<String> answer) throws IOException {
            return answer.statusCode() == 200
                    && (size == 1
                            || JSON.readTree(answer.body()).get("accepted").asInt() == size);
        }

        private HttpRequest single(ServiceProcess instance, List<Wager> wagers) {
            return HttpRequest.newBuilder(instance.uri("/api/player/casinowager"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20))
                    .POST(BodyPublishers.ofByteArray(WagerEncoder.encode(wagers.getFirst())))
                    .build();
        }

        private HttpRequest batch(ServiceProcess instance, List<Wager> wagers) {
            var lines = wagers.stream()
                    .map(wager -> new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("\n"));
            return HttpRequest.newBuilder(instance.uri("/api/player/casinowagers"))
                    .header("Content-Type", "application/x-ndjson")
                    .timeout(Duration.ofSeconds(20))
                    .POST(BodyPublishers.ofString(lines))
                    .build();
        }

        private List<Wager> wagers() {
            List<Wager> wagers = new ArrayList<>();
            for (var i = 0; i < size; i++) {
                var repeated = repeats && random.nextInt(5) == 0 ? lastAccepted : null;
                if (repeated != null) {
                    wagers.add(repeated);
                    continue;
                }
                var player = random.nextInt(PLAYERS);
                wagers.add(aWager().by(new UUID(7, player).toString())
                        .named("player " + player)
                        .of(BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), random.nextInt(10))
                                .toPlainString())
                        .build());
            }
            return wagers;
        }
    }
}
