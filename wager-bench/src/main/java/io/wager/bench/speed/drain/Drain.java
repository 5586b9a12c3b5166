package io.wager.bench.speed.drain;

import io.wager.bench.speed.Comparison;
import io.wager.bench.speed.Comparison.Aim;
import io.wager.bench.speed.Experiment;
import io.wager.bench.speed.Measurements;
import io.wager.bench.speed.Measurements.Curve;
import io.wager.bench.speed.store.StoreDatabase;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * Rows per second from a full queue into the table, against a plain insert of the same rows into the same table, and against
 * the naive consumer: one message, one transaction.
 *
 * <p>All three have the same schema on the same server, in databases of their own, and are measured by the times in their
 * rows, between the first tenth and nineteen twentieths. The naive consumer is ours with batches of one. Its prefetch is 2 and
 * not 1, as it is two batches and has no setting of its own, which is in its favour.
 */
public final class Drain implements Experiment {

    private static final String DRAIN = "drain";
    private static final String INSERT = "plain JDBC batch insert of the same rows";
    private static final String NAIVE = "naive consumer: one message, one transaction";
    private static final String UNIT = "rows/s";
    private static final double FROM = 0.1;
    private static final double TO = 0.95;

    private static final int BATCH_SIZE = 500;
    private static final int CONCURRENCY = 1;
    private static final int MESSAGES_PER_SECOND = 6_000;
    private static final int NAIVE_MESSAGES_PER_SECOND = 300;
    private static final int DATABASE_MEGABYTES = 1024;

    private static final long SEED = 20_260_101;
    private static final long WARM_UP_SEED = 7;
    private static final long NAIVE_SEED = 1_000_003;

    private final Path folder;
    private final Path consumerJar;
    private final int seconds;
    private @Nullable DatabaseProcess server;
    private @Nullable ConsumerLane ours;
    private @Nullable ConsumerLane naive;
    private @Nullable PlainInsert limit;

    /**
     * The experiment.
     *
     * @param folder for data and logs
     * @param jars the folder of the modules with their built jars
     * @param seconds about how long a drain shall take, from 1
     */
    public Drain(Path folder, Path jars, int seconds) {
        this.folder = folder.resolve("drain");
        this.consumerJar = jars.resolve("wager-consumer/target/wager-consumer-exec.jar");
        this.seconds = seconds;
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(
                new Comparison(DRAIN, INSERT, Aim.atLeast(0.6), UNIT),
                new Comparison(DRAIN, NAIVE, Aim.atLeast(10), UNIT));
    }

    @Override
    public void prepare() throws Exception {
        Files.createDirectories(folder);
        server = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        server.start();
        var broker = RabbitMqServer.forSpeed();
        ours = new ConsumerLane(
                broker,
                database("drain"),
                1,
                "--wager.ingest.batch-size=" + BATCH_SIZE,
                "--wager.ingest.concurrency=" + CONCURRENCY);
        naive = new ConsumerLane(
                broker, database("naive"), 1, "--wager.ingest.batch-size=1", "--wager.ingest.concurrency=1");
        limit = new PlainInsert(database("plain"), BATCH_SIZE);
        var warmUp = new Load(WARM_UP_SEED, seconds * MESSAGES_PER_SECOND / 2);
        ours.drain(warmUp);
        limit.store(warmUp.rows(), CONCURRENCY);
        naive.drain(new Load(WARM_UP_SEED, seconds * NAIVE_MESSAGES_PER_SECOND / 2));
    }

    @Override
    public void measure(int round, Measurements measurements) throws Exception {
        var load = new Load(SEED + round, seconds * MESSAGES_PER_SECOND);
        if (round % 2 == 0) {
            measureLimit(load, measurements);
            measureOurs(load, measurements);
        } else {
            measureOurs(load, measurements);
            measureLimit(load, measurements);
        }
        var few = new Load(NAIVE_SEED + round, seconds * NAIVE_MESSAGES_PER_SECOND);
        measurements.add(NAIVE, started(naive).drain(few).stored().perSecond(FROM, TO));
    }

    private void measureOurs(Load load, Measurements measurements)
            throws IOException, InterruptedException, SQLException {
        var drained = started(ours).drain(load);
        measurements.add(DRAIN, drained.stored().perSecond(FROM, TO));
        measurements.plot(new Curve(
                "drain-queue-depth",
                "A full queue is drained",
                "messages waiting",
                "seconds",
                "messages",
                drained.depth()));
    }

    private void measureLimit(Load load, Measurements measurements) throws SQLException, InterruptedException {
        measurements.add(INSERT, started(limit).store(load.rows(), CONCURRENCY).perSecond(FROM, TO));
    }

    private StoreDatabase database(String name) throws IOException, InterruptedException {
        var database = new StoreDatabase(started(server), name, folder, consumerJar);
        database.migrate();
        return database;
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the experiment was not prepared");
        }
        return part;
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
        if (naive != null) {
            naive.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
