package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account's password changes on a real broker while messages are published, one about every 2 ms: none fails. */
final class RotatedPasswordIT {

    private static final String ACCOUNT = "rotated";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final MessagingProperties IMPORTED = new MessagingProperties(false, 0, Duration.ofSeconds(10));

    /** As by default, but with a short deadline, after which a connection that was replaced is closed. */
    private static final PublishProperties SHORT = RabbitEnds.DEFAULTS;

    private static final RabbitMqServer SERVER = RabbitMqServer.forFaults();

    @TempDir
    private Path folder;

    private final ConnectionFactory factory = SERVER.connectionFactory();
    private final String otherAccount = factory.getUsername();
    private final String otherPassword = factory.getPassword();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void addAccount() throws Exception {
        SERVER.deleteTopology();
        try (var connection = SERVER.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            RabbitTopology.declare(channel);
        }
        SERVER.rabbitmqctl("add_user", ACCOUNT, "first");
        SERVER.rabbitmqctl("set_permissions", ACCOUNT, "", ".*", ".*");
    }

    @AfterAll
    static void removeAccount() {
        SERVER.rabbitmqctl("delete_user", ACCOUNT);
        SERVER.deleteTopology();
    }

    /** One test, since each call of rabbitmqctl takes a second. */
    @Test
    void aNewPasswordIsTakenWithoutAFailedMessageWhicheverGetsItFirst() throws Exception {
        write("username", ACCOUNT);
        write("password", "first");
        try (var publisher = publisher()) {
            RabbitEnds.awaitReady(publisher);
            try (var traffic = new Traffic(publisher)) {
                SERVER.rabbitmqctl("change_password", ACCOUNT, "second");
                write("password", "second");
                await().atMost(PATIENCE).until(() -> hasReplaced(1));

                write("password", "third\n");
                traffic.awaitMore();
                SERVER.rabbitmqctl("change_password", ACCOUNT, "third");
                await().atMost(PATIENCE).until(() -> hasReplaced(2));

                traffic.awaitMore();
                assertThat(traffic.end()).isEmpty();
            }

            // The files have a new password, the broker has not, and ends the connection.
            write("password", "fourth");
            SERVER.rabbitmqctl("close_all_user_connections", ACCOUNT, "test");
            await().atMost(PATIENCE).until(() -> hasReplaced(3));
            RabbitEnds.awaitReady(publisher);
            publisher.publish(Topology.WAGERS, message()).get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anotherAccountIsTakenToo() throws Exception {
        write("username", otherAccount);
        write("password", otherPassword);
        var connector = connector();
        connector.connect().close();
        write("username", "nobody");
        assertThat(connector.renew()).as("an account that is not there").isNull();
        write("username", ACCOUNT);
        write("password", "first");
        SERVER.rabbitmqctl("change_password", ACCOUNT, "first");

        var renewed = Objects.requireNonNull(connector.renew());

        assertThat(renewed.isOpen()).isTrue();
        renewed.close();
    }

    @Test
    void aPasswordThatWasNeverRightIsRefused() throws Exception {
        write("username", otherAccount);
        write("password", "wrong");
        var connector = connector();

        assertThatThrownBy(connector::connect).isInstanceOf(AuthenticationFailureException.class);
        assertThat(connector.renew()).isNull();
    }

    @Test
    void filesThatAreGoneLeaveWhatWasReadLast() throws Exception {
        write("username", otherAccount);
        write("password", otherPassword);
        var connector = connector();
        Files.delete(folder.resolve("password"));

        connector.connect().close();

        assertThat(opened).hasSize(1);
        assertThat(connector.renew()).isNull();
    }

    @Test
    void aFileThatIsMissingOrEmptyAtTheStartIsNamed() throws Exception {
        write("password", "any");
        assertThatThrownBy(this::connector)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wager.messaging.credentials")
                .hasMessageContaining("username");

        write("username", "\n");
        assertThatThrownBy(this::connector)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("username is empty");
    }

    @Test
    void aPasswordFileBesideACertificateIsRefused() throws Exception {
        write("username", otherAccount);
        write("password", otherPassword);
        factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);

        assertThatThrownBy(this::connector)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wager.messaging.credentials.password-file")
                .hasMessageContaining("wager.messaging.authentication");
    }

    private RabbitMessagePublisher publisher() {
        return new RabbitMessagePublisher(connector(), IMPORTED, SHORT, new SimpleMeterRegistry());
    }

    private BrokerConnector connector() {
        return RabbitTransportConfiguration.connector(
                factory, new CredentialsProperties(folder.resolve("password"), folder.resolve("username")), () -> {
                    var connection = factory.newConnection("wager-publish");
                    opened.add(connection);
                    return connection;
                });
    }

    /** So many are closed, and the next is open. */
    private boolean hasReplaced(int closed) {
        return opened.size() == closed + 1
                && opened.subList(0, closed).stream().noneMatch(Connection::isOpen)
                && opened.get(closed).isOpen();
    }

    /** As a careful operator or Kubernetes does: nobody sees half a file. */
    private void write(String name, String text) throws IOException {
        var next = Files.writeString(folder.resolve(name + ".next"), text);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Message message() {
        return new Message("w", null, null, null, null, Map.of(), new byte[10]);
    }

    /** Publishes until it is ended. */
    private static final class Traffic implements AutoCloseable {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final ConcurrentLinkedQueue<CompletableFuture<Void>> published = new ConcurrentLinkedQueue<>();
        private final Thread thread;

        Traffic(RabbitMessagePublisher publisher) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    while (!ended.await(2, TimeUnit.MILLISECONDS)) {
                        published.add(publisher.publish(Topology.WAGERS, message()));
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        void awaitMore() {
            var before = published.size();
            await().atMost(PATIENCE).until(() -> published.size() > before + 100);
        }

        /** What failed. */
        List<String> end() throws Exception {
            close();
            var failures = new ArrayList<String>();
            for (var publish : published) {
                publish.handle((nothing, failure) -> failure == null ? "" : failure.toString())
                        .thenAccept(failure -> {
                            if (!failure.isEmpty()) {
                                failures.add(failure);
                            }
                        })
                        .get(10, TimeUnit.SECONDS);
            }
            return failures;
        }

        @Override
        public void close() {
            ended.countDown();
            await().atMost(PATIENCE).until(() -> !thread.isAlive());
        }
    }
}
