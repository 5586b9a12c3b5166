package io.wager.bench.rig;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.wager.bench.rig.FailingInserts.Mode;
import io.wager.core.messaging.Topology;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TrainedJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system as processes of their own on loopback: RabbitMQ, an H2 server, instances of both services, and proxies
 * between them. Everything that it writes lies in one folder.
 */
public final class Rig implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rig.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DATABASE_MEGABYTES = 1024;

    private final Path folder;
    private final Path consumerJar;
    private final RabbitMqServer broker;
    private final DatabaseProcess database;
    private final List<Node> apis;
    private final List<Node> consumers;

    /**
     * Starts everything, and returns when it is ready.
     *
     * @param folder for logs and data
     * @param apiJar the API's executable jar
     * @param consumerJar the consumer's
     * @param apis how many instances of the API, from 1
     * @param consumers how many of the consumer, from 1
     */
    public Rig(Path folder, Path apiJar, Path consumerJar, int apis, int consumers) {
        this.folder = folder;
        this.consumerJar = consumerJar;
        broker = RabbitMqServer.forFaults();
        broker.deleteTopology();
        database = new DatabaseProcess(
                        folder.resolve("database"),
                        folder,
                        DATABASE_MEGABYTES,
                        List.of(Server.class, FailingInserts.class))
                .forShortLife();
        this.apis =
                IntStream.range(0, apis).mapToObj(i -> node("api-" + i, apiJar)).toList();
        this.consumers = IntStream.range(0, consumers)
                .mapToObj(i -> node("consumer-" + i, consumerJar))
                .toList();
        try {
            start();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void start() {
        database.start();
        migrate();
        prepareDatabase();
        nodes().forEach(node -> node.process().start());
        nodes().forEach(node -> node.process().awaitReady());
    }

    private Node node(String name, Path jar) {
        var toBroker = new NetworkProxy(broker.uri().getPort());
        var process = new ServiceProcess(
                name,
                jar,
                List.of("--spring.datasource.url=" + database.urlWithoutSettings()),
                Map.of(
                        "SPRING_RABBITMQ_ADDRESSES",
                        "amqp://guest:guest@127.0.0.1:" + toBroker.port(),
                        "SPRING_DATASOURCE_USERNAME",
                        user(name),
                        "SPRING_DATASOURCE_PASSWORD",
                        ""),
                folder);
        return new Node(name, process, toBroker);
    }

    /** As in production: by the owner, before the services start with accounts of their own. */
    private void migrate() {
        try {
            var migration = command("migrate.log", "--wager.schema.migrate-and-exit=true");
            if (!migration.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || migration.exitValue() != 0) {
                migration.destroyForcibly();
                throw new IllegalStateException("the schema was not migrated, see migrate.log in " + folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the migration", interrupted);
        }
    }

    private void prepareDatabase() {
        var trigger = FailingInserts.class.getName();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER failing_inserts BEFORE INSERT ON wager FOR EACH ROW CALL '" + trigger + "'");
            statement.execute("CREATE ALIAS set_failing_inserts FOR '" + trigger + ".set'");
            statement.execute("CREATE ALIAS crashing_user FOR '" + trigger + ".crashingUser'");
            statement.execute("CREATE ALIAS release_crashing FOR '" + trigger + ".releaseCrashing'");
            for (var node : nodes()) {
                statement.execute("CREATE USER " + user(node) + " PASSWORD ''");
                grantTables(connection, user(node));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the database could not be prepared", failure);
        }
    }

    /** One by one: a right on the whole schema could not be taken away for one table. */
    private static void grantTables(java.sql.Connection connection, String user) throws SQLException {
        try (var query = connection.createStatement();
                var grant = connection.createStatement();
                var tables = query.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_schema = 'PUBLIC' AND table_type = 'BASE TABLE'")) {
            while (tables.next()) {
                grant.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON \"" + tables.getString(1) + "\" TO " + user);
            }
        }
    }

    /** The database account of an instance. */
    public String user(Node node) {
        return user(node.name());
    }

    private static String user(String name) {
        return name.replace('-', '_');
    }

    /** The broker. */
    public RabbitMqServer broker() {
        return broker;
    }

    /** The database server. */
    public DatabaseProcess database() {
        return database;
    }

    /** The instances of the API. */
    public List<Node> apis() {
        return apis;
    }

    /** The instances of the consumer. */
    public List<Node> consumers() {
        return consumers;
    }

    /** All instances. */
    public List<Node> nodes() {
        return Stream.concat(apis.stream(), consumers.stream()).toList();
    }

    /** A connection to the database, past every proxy. */
    public java.sql.Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), "sa", "");
    }

    /** A connection to the broker, past every proxy. */
    public Connection connectToBroker() throws IOException, TimeoutException {
        return broker.connectionFactory().newConnection("wager-bench");
    }

    /**
     * How the database takes inserts from now on; goes back to normal with (false, 0), and when the server starts again.
     *
     * @param readOnly whether it refuses all of them
     * @param delayMillis how long each takes longer
     */
    public void setInserts(boolean readOnly, int delayMillis) {
        setInserts(readOnly ? Mode.READ_ONLY : Mode.NORMAL, delayMillis);
    }

    /**
     * How the database takes inserts from now on; goes back to normal when the server starts again.
     *
     * @param mode which of them it fails
     */
    public void setInserts(Mode mode) {
        setInserts(mode, 0);
    }

    private void setInserts(Mode mode, int delayMillis) {
        try (var connection = connect();
                var call = connection.prepareCall("CALL set_failing_inserts(?, ?)")) {
            call.setString(1, mode.name());
            call.setInt(2, delayMillis);
            call.execute();
        } catch (SQLException away) {
            LOG.info("the database is away, and takes inserts as usual when it comes back: {}", away.getMessage());
        }
    }

    /** The account whose insert of a crashing wager the database holds; empty if there is none, or no answer. */
    public String crashingUser() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var user = statement.executeQuery("CALL crashing_user()")) {
            return user.next() ? user.getString(1) : "";
        } catch (SQLException away) {
            return "";
        }
    }

    /** Lets go of the insert of a crashing wager, whose consumer is gone. */
    public void releaseCrashing() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CALL release_crashing()");
        } catch (SQLException away) {
            LOG.info("the database is away, and what it held with it: {}", away.getMessage());
        }
    }

    /** Whether the archive has a message; false as well while the database does not answer. */
    public boolean isArchived(String messageId) {
        try (var connection = connect();
                var query = connection.prepareStatement("SELECT 1 FROM dead_letter_content WHERE message_id = ?")) {
            query.setString(1, messageId);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException away) {
            return false;
        }
    }

    /**
     * How many messages wait in queues, ready or on their way to a consumer. While any is ready, those on their way are not
     * counted: only {@code rabbitmqctl} knows them, and it takes seconds of a processor.
     */
    public long depth(String... queues) {
        var ready = Arrays.stream(queues).mapToLong(this::ready).sum();
        if (ready > 0) {
            return ready;
        }
        var asked = Set.of(queues);
        return broker.rabbitmqctl("list_queues", "name", "messages", "--no-table-headers")
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(columns -> columns.length == 2 && asked.contains(columns[0]))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private long ready(String queue) {
        try (var connection = connectToBroker();
                var channel = connection.createChannel()) {
            return channel.messageCount(queue);
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException("the broker does not say how long " + queue + " is", failure);
        }
    }

    /**
     * Waits until everything runs and both queues have been worked off, however long that takes: how fast a machine is says
     * nothing about what was lost on it.
     *
     * @param patience for each time that the queues get shorter
     */
    public void awaitIdle(Duration patience) {
        nodes().forEach(node -> node.process().awaitReady());
        var backlog = Long.MAX_VALUE;
        while (backlog > 0) {
            var before = backlog;
            backlog = await("the queues to be worked off")
                    .atMost(patience)
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> depth(Topology.WAGER_QUEUE, Topology.DEAD_LETTER_QUEUE), now -> now < before);
        }
    }

    /** Waits until an instance can be reached and works. */
    public void awaitReady(Node node) {
        await(node.name() + " to be ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> node.process().isReady());
    }

    /** Where everything that this run leaves behind is kept. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts the product's own {@code reconcile} on the database, which needs nothing else.
     *
     * @param log the file in the folder that takes what it says
     * @param options for it
     */
    public Process reconcile(String log, String... options) throws IOException {
        return command(
                log,
                Stream.concat(Stream.of("reconcile"), Arrays.stream(options)).toArray(String[]::new));
    }

    /** The consumer's jar as a process that ends by itself, as the database's owner. */
    private Process command(String log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ServiceProcess.SHORT_LIFE_OPTIONS);
        command.addAll(TrainedJar.launch(consumerJar));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        process.environment().put("SPRING_DATASOURCE_URL", database.url());
        process.environment().put("SPRING_DATASOURCE_USERNAME", "sa");
        process.environment().put("SPRING_DATASOURCE_PASSWORD", "");
        process.environment().put("SPRING_RABBITMQ_ADDRESSES", broker.uri().toString());
        return process.start();
    }

    /** Writes down what is left in the queues, and what an instance does that is not ready. */
    public void keepEvidence() throws IOException, InterruptedException {
        for (var node : nodes()) {
            if (!node.process().isReady()) {
                node.process().dumpThreads(folder.resolve(node.name() + "-threads.txt"));
            }
        }
        Files.writeString(
                folder.resolve("queues.txt"),
                broker.rabbitmqctl("list_queues", "name", "messages_ready", "messages_unacknowledged", "consumers"));
    }

    @Override
    public void close() {
        nodes().forEach(Node::close);
        database.close();
    }
}
