package io.wager.testkit;

import com.rabbitmq.client.ConnectionFactory;
import io.wager.core.messaging.Partitions;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * A real RabbitMQ for tests. Where it comes from: the server that the environment variable {@value #URI_VARIABLE} names;
 * Testcontainers where Docker answers; a {@code rabbitmq-server} found on this machine, started as a process of its own on
 * free loopback ports. Where there is none of them the test is skipped with a line that says so.
 *
 * <p>Runs until the JVM ends. Methods are for one thread at a time.
 */
public abstract sealed class RabbitMqServer permits LocalRabbitMqServer, ContainerRabbitMqServer, NamedRabbitMqServer {

    /** Environment variable with the AMQP URI of a running server that tests may empty at will. */
    public static final String URI_VARIABLE = "WAGER_TEST_RABBITMQ_URI";

    /** More than any test has. */
    private static final int PARTITIONS = 16;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Schedulers that have nothing to do sleep at once: on two cores, the rest of the build has a use for the time. */
    private static final String SPARING = "+sbwt none +sbwtdcpu none +sbwtdio none";

    private static @Nullable RabbitMqServer named;
    private static @Nullable RabbitMqServer own;

    RabbitMqServer() {}

    /**
     * The server for tests that leave it as it is: they do not kill it, nor set it alarms. All tests of this JVM share it.
     *
     * @return the server, running
     */
    public static synchronized RabbitMqServer shared() {
        var uri = System.getenv(URI_VARIABLE);
        if (uri == null || uri.isBlank()) {
            return forFaults();
        }
        if (named == null) {
            named = new NamedRabbitMqServer(URI.create(uri));
        }
        return named;
    }

    /**
     * The server for tests that kill it or set it alarms, which they take back. Never the one that the environment names. It is the
     * {@link #shared()} one where the environment names none, since the tests of a JVM run one after the other.
     *
     * @return the server, running
     */
    public static synchronized RabbitMqServer forFaults() {
        return own(SPARING);
    }

    /**
     * The server for measurements, which runs as it does in production: its schedulers wait for work busily, at the price of
     * processor time. A JVM that has started one of the two kinds keeps it, so a measurement shares its JVM with no test.
     *
     * @return the server, running
     */
    public static synchronized RabbitMqServer forSpeed() {
        return own("");
    }

    private static RabbitMqServer own(String emulatorArguments) {
        if (own == null) {
            own = startOwn(emulatorArguments);
        }
        own.start();
        return own;
    }

    /** Where to connect to, with user and password. Stays the same over {@link #kill()} and {@link #start()}. */
    public abstract URI uri();

    /** Starts the server on the data that it has, and waits until it takes connections. Does nothing if it runs. */
    public abstract void start();

    /** Ends the server as a power failure would, with SIGKILL. What it has made durable stays. */
    public abstract void kill();

    /** Ends the server in order. What it has made durable stays. */
    public abstract void stop();

    /**
     * Runs {@code rabbitmqctl} on the server.
     *
     * @param arguments the command and its arguments
     * @return what it printed
     */
    public abstract String rabbitmqctl(String... arguments);

    /** A factory of connections to this server, with automatic recovery off. */
    public final ConnectionFactory connectionFactory() {
        var factory = new ConnectionFactory();
        try {
            factory.setUri(uri());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("not a usable AMQP URI", unusable);
        }
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    /** Deletes the exchanges and queues of {@link Topology} with all that is in them. */
    public final void deleteTopology() {
        try (var connection = connectionFactory().newConnection("wager-testkit");
                var channel = connection.createChannel()) {
            for (var partition : Partitions.bindings(PARTITIONS)) {
                channel.queueDelete(partition.queue());
            }
            for (var binding : Topology.BINDINGS) {
                channel.queueDelete(binding.queue());
                channel.exchangeDelete(binding.exchange());
            }
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException("could not delete the topology", failure);
        }
    }

    /**
     * The TLS side of the {@link #forFaults()} server, for tests that put it right again. Ends the test where the server has none.
     *
     * @return the server's TLS
     */
    public final BrokerTls tls() {
        if (tlsPort() == 0) {
            MissingPart.endTest(
                    "rabbitmq-tls", "This RabbitMQ has no TLS: only one that is started on this machine has.");
        }
        return new BrokerTls(this);
    }

    /** Where it takes TLS connections on loopback; 0 if nowhere. */
    int tlsPort() {
        return 0;
    }

    /** Whose certificates it takes, and who issued its own. */
    TestAuthority authority() {
        throw new IllegalStateException("no TLS");
    }

    /** Takes another certificate for new connections. */
    void present(TestAuthority.Issued certificate) {
        throw new IllegalStateException("no TLS");
    }

    /** Ends the server and removes what it kept. */
    abstract void discard();

    final void awaitConnections() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    try (var connection = connectionFactory().newConnection("wager-testkit")) {
                        return connection.isOpen();
                    }
                });
    }

    private static RabbitMqServer startOwn(String emulatorArguments) {
        var server = findOwn(emulatorArguments);
        Runtime.getRuntime().addShutdownHook(new Thread(server::discard, "stop-rabbitmq"));
        server.start();
        return server;
    }

    private static RabbitMqServer findOwn(String emulatorArguments) {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return new ContainerRabbitMqServer();
        }
        var executable = LocalRabbitMqServer.findExecutable();
        if (executable.isEmpty()) {
            var missing = "No RabbitMQ for this test: " + URI_VARIABLE + " names none that it may use, Docker does not"
                    + " answer, and there is no rabbitmq-server on this machine (Debian: apt-get install rabbitmq-server)";
            MissingPart.endTest("rabbitmq", missing);
        }
        return new LocalRabbitMqServer(executable.orElseThrow(), emulatorArguments);
    }
}
