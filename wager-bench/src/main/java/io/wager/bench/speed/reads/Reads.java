package io.wager.bench.speed.reads;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.LatencyHistogram;
import io.wager.bench.speed.Measurements;
import io.wager.bench.speed.store.Prefill;
import io.wager.bench.speed.store.StoreDatabase;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * The 99th percentile of reads with few wagers stored and with many: two databases on one server, an API on each, asked in
 * turn in small slices by a closed loop of a few clients.
 *
 * <p>A first page also counts the player's wagers, which a page by cursor does not; therefore the second page, the first that
 * has a cursor, is measured as well.
 */
public final class Reads implements Experiment {

    private static final int FEW = 10_000;
    private static final int FATES = 1_000;
    private static final int PAGES = 1_000;
    private static final int LARGEST_PAGE = 10;
    private static final int FIRST_PLAYERS_SHARE = 100;
    private static final int SLICES = 10;
    private static final int REQUESTS_PER_SECOND = 300;
    private static final int DATABASE_MEGABYTES = 1024;
    private static final String UNIT = "ms";
    private static final double AIM = 1.5;

    private final Path folder;
    private final Path jars;
    private final int many;
    private final int requests;
    private final Map<String, HttpRequest> reads = new LinkedHashMap<>();
    private final List<ServiceProcess> apis = new ArrayList<>();
    private @Nullable DatabaseProcess server;

    /**
     * The experiment.
     *
     * @param folder for data and logs
     * @param jars the folder of the modules with their built jars
     * @param seconds scales how many requests there are, from 1
     * @param many how many wagers are stored where there are many, from 100,000
     */
    public Reads(Path folder, Path jars, int seconds, int many) {
        this.folder = folder.resolve("reads");
        this.jars = jars;
        this.many = many;
        requests = seconds * REQUESTS_PER_SECOND;
    }

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(
                new Comparison(topSpenders(many), topSpenders(FEW), Aim.atMost(AIM), UNIT),
                new Comparison(fates(many), fates(FEW), Aim.atMost(AIM), UNIT),
                new Comparison(page(PAGES), page(1), Aim.atMost(AIM), UNIT),
                new Comparison(page(PAGES), page(2), Aim.atMost(AIM), UNIT));
    }

    private static String topSpenders(int stored) {
        return "topSpenders p99 at %,d wagers".formatted(stored);
    }

    private static String fates(int stored) {
        return "%,d fates p99 at %,d wagers".formatted(FATES, stored);
    }

    private static String page(int page) {
        return "history p99, page %,d%s".formatted(page, page == 1 ? "" : " by cursor");
    }

    @Override
    public void prepare() throws Exception {
        Files.createDirectories(folder);
        server = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        server.start();
        var few = api(server, "few", FEW);
        var full = api(server, "many", many);
        reads.put(topSpenders(FEW), ClosedLoop.get(few.api().uri("/api/player/topSpenders?count=10")));
        reads.put(topSpenders(many), ClosedLoop.get(full.api().uri("/api/player/topSpenders?count=10")));
        reads.put(fates(FEW), few.fates());
        reads.put(fates(many), full.fates());
        var pageSize = Math.clamp(many / FIRST_PLAYERS_SHARE / PAGES, 1, LARGEST_PAGE);
        var first = full.api().uri("/api/player/" + Prefill.firstPlayer() + "/casino?pageSize=" + pageSize);
        try (var clients = new ClosedLoop()) {
            reads.put(page(1), ClosedLoop.get(first));
            var page = clients.next(first);
            reads.put(page(2), ClosedLoop.get(page));
            for (var number = 3; number <= PAGES; number++) {
                page = clients.next(page);
            }
            reads.put(page(PAGES), ClosedLoop.get(page));
            for (var read : reads.values()) {
                clients.run(read, requests);
            }
        }
    }

    @Override
    public void measure(int round, Measurements measurements) throws Exception {
        var order = new ArrayList<>(reads.keySet());
        try (var clients = new ClosedLoop()) {
            Map<String, LatencyHistogram> latencies = new HashMap<>();
            for (var slice = 0; slice < SLICES; slice++) {
                if ((round + slice) % 2 == 1) {
                    Collections.reverse(order);
                }
                for (var name : order) {
                    latencies
                            .computeIfAbsent(name, unknown -> new LatencyHistogram())
                            .add(clients.run(read(name), requests / SLICES));
                }
            }
            latencies.forEach((name, all) -> measurements.add(name, all.millis(99)));
        }
    }

    private HttpRequest read(String name) {
        var read = reads.get(name);
        if (read == null) {
            throw new IllegalStateException("the experiment was not prepared");
        }
        return read;
    }

    private Filled api(DatabaseProcess server, String name, int wagers) throws Exception {
        var database = new StoreDatabase(
                server, "reads_" + name, folder, jars.resolve("wager-consumer/target/wager-consumer-exec.jar"));
        database.migrate();
        List<UUID> ids;
        try (var connection = database.connect()) {
            Prefill.fill(connection, 0, wagers);
            ids = ids(connection);
        }
        var environment = new HashMap<>(database.environment());
        environment.put(
                "SPRING_RABBITMQ_ADDRESSES", RabbitMqServer.forSpeed().uri().toString());
        var api = new ServiceProcess(
                        "api-" + name,
                        jars.resolve("wager-api/target/wager-api-exec.jar"),
                        List.of(),
                        environment,
                        folder)
                .jvmOptions(ServiceProcess.PRODUCTION_OPTIONS);
        apis.add(api);
        api.start().awaitReady();
        return new Filled(api, ids);
    }

    /** Of the wagers that were stored first; they are random, and so all over the index. */
    private static List<UUID> ids(Connection connection) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT wager_id FROM wager ORDER BY wager_seq FETCH FIRST " + FATES + " ROWS ONLY")) {
            while (rows.next()) {
                var bytes = ByteBuffer.wrap(rows.getBytes(1));
                ids.add(new UUID(bytes.getLong(), bytes.getLong()));
            }
        }
        return ids;
    }

    private record Filled(ServiceProcess api, List<UUID> wagers) {

        HttpRequest fates() {
            return ClosedLoop.fates(api.uri("/api/player/casinowager/fates"), wagers);
        }
    }

    @Override
    public void close() {
        apis.forEach(ServiceProcess::close);
        if (server != null) {
            server.close();
        }
    }
}
