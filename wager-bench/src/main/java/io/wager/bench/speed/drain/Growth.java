package io.wager.bench.speed.drain;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import io.wager.bench.speed.Measurements.Curve;
import io.wager.bench.speed.Measurements.Point;
import io.wager.bench.speed.store.Prefill;
import io.wager.bench.speed.store.StoreDatabase;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** The drain as the history grows, and with several consumers. Takes minutes, most of them for the history. */
public final class Growth implements Experiment {

    private static final List<Integer> CONSUMERS = List.of(1, 2, 4);
    private static final int MESSAGES_PER_SECOND = 6_000;
    private static final int DATABASE_MEGABYTES = 2048;
    private static final long SEED = 30_000_001;
    private static final double FROM = 0.1;
    private static final double TO = 0.95;

    private final Path folder;
    private final Path consumerJar;
    private final int seconds;
    private final List<Integer> stored;
    private @Nullable DatabaseProcess server;

    /**
     * The experiment.
     *
     * @param folder for data and logs
     * @param jars the folder of the modules with their built jars
     * @param seconds about how long a drain shall take, from 1
     * @param stored how many wagers are stored before, ascending
     */
    public Growth(Path folder, Path jars, int seconds, List<Integer> stored) {
        this.folder = folder.resolve("growth");
        this.consumerJar = jars.resolve("wager-consumer/target/wager-consumer-exec.jar");
        this.seconds = seconds;
        this.stored = List.copyOf(stored);
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public boolean isLong() {
        return true;
    }

    /** None: its values stand for themselves. */
    @Override
    public List<Comparison> comparisons() {
        return List.of();
    }

    @Override
    public void prepare() throws Exception {
        Files.createDirectories(folder);
        server = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        server.start();
    }

    @Override
    public void measure(int round, Measurements measurements) throws Exception {
        if (server == null) {
            throw new IllegalStateException("the experiment was not prepared");
        }
        var database = new StoreDatabase(server, "growth_" + round, folder, consumerJar);
        database.migrate();
        var points = new TreeMap<Integer, List<Point>>();
        var before = 0;
        var seed = SEED + 1_000L * round;
        for (var size : stored) {
            try (var connection = database.connect()) {
                Prefill.fill(connection, before, size);
            }
            before = size;
            for (var consumers : CONSUMERS) {
                var rate = drain(database, consumers, seed);
                seed += 2;
                measurements.add("drain by %d at %,d stored wagers, rows/s".formatted(consumers, size), rate);
                points.computeIfAbsent(consumers, unknown -> new ArrayList<>()).add(new Point(size, rate));
            }
        }
        points.forEach((consumers, curve) -> measurements.plot(new Curve(
                "drain-growth",
                "The drain as the history grows",
                consumers == 1 ? "1 consumer" : consumers + " consumers",
                "stored wagers",
                "rows/s",
                curve)));
    }

    private double drain(StoreDatabase database, int consumers, long seed) throws Exception {
        try (var lane = new ConsumerLane(RabbitMqServer.forSpeed(), database, consumers)) {
            lane.drain(new Load(seed, seconds * MESSAGES_PER_SECOND / 2));
            return lane.drain(new Load(seed + 1, seconds * MESSAGES_PER_SECOND))
                    .stored()
                    .perSecond(FROM, TO);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
