package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import io.wager.rabbitmq.consume.ConsumeProperties;
import io.wager.rabbitmq.consume.RabbitMessageSource;
import io.wager.testkit.RabbitMqServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts of {@code deploy/rabbitmq/make-definitions} on a real broker: what each may do, and that it may do nothing else. */
final class RabbitAccountsIT {

    private static final String API = "wager-api";
    private static final String CONSUMER = "wager-consumer";
    private static final String OPERATOR = "wager-operator";
    private static final String MONITOR = "wager-monitor";
    private static final List<String> ACCOUNTS = List.of(API, CONSUMER, OPERATOR, MONITOR);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Whoever is named may. */
    private static final Map<String, Operation> OPERATIONS = operations();

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("see whether the ingest queue is there", Set.of(API, CONSUMER, OPERATOR, MONITOR)),
            Map.entry("publish a wager", Set.of(API, OPERATOR)),
            Map.entry("publish a wager for a partition", Set.of(API, OPERATOR)),
            Map.entry("publish into wagers with another key", Set.of(OPERATOR)),
            Map.entry("publish a dead letter", Set.of(CONSUMER, OPERATOR)),
            Map.entry("publish into wagers.dlx with another key", Set.of(OPERATOR)),
            Map.entry("publish into the queue by the default exchange", Set.of()),
            Map.entry("take from the ingest queue", Set.of(CONSUMER, OPERATOR)),
            Map.entry("take from the dead letters", Set.of(CONSUMER, OPERATOR)),
            Map.entry("purge the ingest queue", Set.of(CONSUMER, OPERATOR)),
            Map.entry("declare the topology", Set.of(OPERATOR)),
            Map.entry("unbind the ingest queue", Set.of(OPERATOR)),
            Map.entry("delete the ingest queue", Set.of(OPERATOR)),
            Map.entry("delete the exchange", Set.of(OPERATOR)),
            Map.entry("declare a queue of another name", Set.of()));

    @TempDir
    private static Path folder;

    private static RabbitMqServer server;

    @BeforeAll
    static void importAccounts() throws Exception {
        server = RabbitMqServer.forFaults();
        server.deleteTopology();
        var definitions = folder.resolve("definitions.json").toFile();
        run(definitions, Path.of("..", "deploy", "rabbitmq", "make-definitions").toString());
        server.rabbitmqctl("import_definitions", definitions.getPath());
    }

    @AfterAll
    static void removeAccounts() {
        ACCOUNTS.forEach(account -> server.rabbitmqctl("delete_user", account));
        server.deleteTopology();
    }

    @Test
    void everyAccountMayDoWhatItNeedsAndNothingElse() throws Exception {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (var operation : OPERATIONS.entrySet()) {
            var allowed = new ArrayList<String>();
            for (var account : ACCOUNTS) {
                declareTopology();
                if (isAllowed(account, operation.getValue())) {
                    allowed.add(account);
                }
            }
            found.put(operation.getKey(), Set.copyOf(allowed));
        }
        declareTopology();

        assertThat(found).containsExactlyInAnyOrderEntriesOf(ALLOWED);
    }

    @Test
    void servicesWorkWithTheirAccountsWhereTheTopologyIsImported() throws Exception {
        declareTopology();
        var imported = new MessagingProperties(false, 0, Duration.ofSeconds(10));
        var registry = new SimpleMeterRegistry();
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        try (var api = publisher(API, imported, registry);
                var letters = publisher(CONSUMER, imported, registry);
                var source = new RabbitMessageSource(
                        () -> factory(CONSUMER).newConnection(RabbitMessageSource.deliveryExecutor(), "wager-consume"),
                        letters,
                        null,
                        imported,
                        Clock.systemUTC(),
                        new ConsumeProperties(Duration.ofDays(1), null),
                        registry)) {
            var subscription =
                    source.subscribe(Topology.WAGER_QUEUE, new BatchSettings(10, Duration.ofMillis(10), 1), batch -> {
                        batch.forEach(delivery ->
                                stored.add(String.valueOf(delivery.message().messageId())));
                        return Collections.nCopies(batch.size(), Disposition.DONE);
                    });
            RabbitEnds.awaitReady(api);
            api.publish(Topology.WAGERS, message()).join();

            await().atMost(PATIENCE).until(() -> stored.contains("w"));
            RabbitEnds.awaitReady(letters);
            letters.publish(Topology.DEAD_LETTERS, message()).join();
            subscription.close();
        }
    }

    private static RabbitMessagePublisher publisher(
            String account, MessagingProperties messaging, SimpleMeterRegistry registry) {
        return new RabbitMessagePublisher(
                () -> factory(account).newConnection("wager-publish"), messaging, RabbitEnds.DEFAULTS, registry);
    }

    private static boolean isAllowed(String account, Operation operation) throws Exception {
        try (var connection = factory(account).newConnection()) {
            var channel = connection.createChannel();
            channel.confirmSelect();
            operation.tryOn(channel);
            channel.waitForConfirms(PATIENCE.toMillis());
            return true;
        } catch (IOException | ShutdownSignalException refused) {
            var reason = refused instanceof ShutdownSignalException signal ? signal : refused.getCause();
            assertThat(reason).isInstanceOf(ShutdownSignalException.class).hasMessageContaining("ACCESS_REFUSED");
            return false;
        }
    }

    private static void declareTopology() throws Exception {
        try (var connection = server.connectionFactory().newConnection();
                var channel = connection.createChannel()) {
            RabbitTopology.declare(channel);
        }
    }

    private static ConnectionFactory factory(String account) {
        var factory = server.connectionFactory();
        factory.setUsername(account);
        factory.setPassword("password of " + account);
        return factory;
    }

    private static Message message() {
        return new Message("w", null, null, null, null, Map.of(), new byte[10]);
    }

    private static Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        operations.put(
                "see whether the ingest queue is there", channel -> channel.queueDeclarePassive(Topology.WAGER_QUEUE));
        operations.put("publish a wager", publishing(Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY));
        operations.put(
                "publish a wager for a partition",
                publishing(Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY + ".3"));
        operations.put("publish into wagers with another key", publishing(Topology.WAGER_EXCHANGE, "casino.other"));
        operations.put("publish a dead letter", publishing(Topology.DEAD_LETTER_EXCHANGE, Topology.WAGER_ROUTING_KEY));
        operations.put(
                "publish into wagers.dlx with another key", publishing(Topology.DEAD_LETTER_EXCHANGE, "casino.other"));
        operations.put("publish into the queue by the default exchange", publishing("", Topology.WAGER_QUEUE));
        operations.put("take from the ingest queue", channel -> channel.basicGet(Topology.WAGER_QUEUE, true));
        operations.put("take from the dead letters", channel -> channel.basicGet(Topology.DEAD_LETTER_QUEUE, true));
        operations.put("purge the ingest queue", channel -> channel.queuePurge(Topology.WAGER_QUEUE));
        operations.put("declare the topology", RabbitTopology::declare);
        operations.put(
                "unbind the ingest queue",
                channel ->
                        channel.queueUnbind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY));
        operations.put("delete the ingest queue", channel -> channel.queueDelete(Topology.WAGER_QUEUE));
        operations.put("delete the exchange", channel -> channel.exchangeDelete(Topology.WAGER_EXCHANGE));
        operations.put(
                "declare a queue of another name", channel -> channel.queueDeclare("other", false, true, true, null));
        return operations;
    }

    private static Operation publishing(String exchange, String key) {
        return channel -> channel.basicPublish(exchange, key, null, "wager".getBytes(StandardCharsets.UTF_8));
    }

    private static void run(File output, String command) throws Exception {
        var process = new ProcessBuilder(command).redirectOutput(output).redirectError(ProcessBuilder.Redirect.INHERIT);
        for (var account : ACCOUNTS) {
            var variable = "WAGER_MQ_" + account.substring("wager-".length()).toUpperCase(Locale.ROOT) + "_PASSWORD";
            process.environment().put(variable, "password of " + account);
        }
        var running = process.start();
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isZero();
    }

    /** What an account may do or not. */
    private interface Operation {
        void tryOn(Channel channel) throws IOException;
    }
}
