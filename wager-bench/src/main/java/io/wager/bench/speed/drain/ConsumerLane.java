package io.wager.bench.speed.drain;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.wager.bench.speed.Measurements.Point;
import io.wager.bench.speed.store.StoreDatabase;
import io.wager.bench.speed.store.StoredRows;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Consumers between a virtual host of their own and a database of their own, so that lanes with other settings can stand beside
 * them, idle. Used by one thread.
 *
 * <p>They keep running. While their queue is filled they are frozen (SIGSTOP), so that what is measured is a consumer that is
 * warm and a queue that is full: the fill takes seconds, well below what the broker takes for a dead connection.
 */
final class ConsumerLane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final double NANOS_PER_SECOND = 1_000_000_000;

    private final String name;
    private final RabbitMqServer broker;
    private final StoreDatabase database;
    private final Connection connection;
    private final List<ServiceProcess> consumers = new ArrayList<>();

    /**
     * Starts the consumers and waits until they are ready.
     *
     * @param broker that runs; gets a virtual host of the database's name
     * @param database that exists, with the schema
     * @param processes how many consumers, from 1
     * @param arguments of each
     */
    ConsumerLane(RabbitMqServer broker, StoreDatabase database, int processes, String... arguments)
            throws IOException, TimeoutException {
        this.name = database.name();
        this.broker = broker;
        this.database = database;
        broker.rabbitmqctl("add_vhost", name);
        try {
            broker.rabbitmqctl(
                    "set_permissions", "-p", name, broker.connectionFactory().getUsername(), ".*", ".*", ".*");
            var factory = broker.connectionFactory();
            factory.setVirtualHost(name);
            connection = factory.newConnection("wager-bench");
            var environment = new HashMap<>(database.environment());
            var uri = broker.uri();
            environment.put(
                    "SPRING_RABBITMQ_ADDRESSES",
                    "amqp://" + uri.getRawUserInfo() + '@' + uri.getHost() + ':' + uri.getPort() + '/' + name);
            for (var i = 0; i < processes; i++) {
                consumers.add(new ServiceProcess(
                                name + "-consumer-" + i,
                                database.consumerJar(),
                                List.of(arguments),
                                environment,
                                database.logs())
                        .jvmOptions(ServiceProcess.PRODUCTION_OPTIONS));
            }
            consumers.forEach(ServiceProcess::start);
            consumers.forEach(ServiceProcess::awaitReady);
        } catch (IOException | TimeoutException | RuntimeException | Error failed) {
            closeProcesses();
            throw failed;
        }
    }

    /**
     * What a drain was like.
     *
     * @param stored how the rows came into the table
     * @param depth messages waiting in the queue, over seconds since the consumers went on
     */
    record Drained(StoredRows stored, List<Point> depth) {
        /** Copies the points. */
        Drained {
            depth = List.copyOf(depth);
        }
    }

    /** Fills the queue with the consumers held back, lets them go, and waits until every row is stored. */
    Drained drain(Load load) throws IOException, InterruptedException, SQLException {
        try (var reader = database.connect();
                var channel = connection.createChannel()) {
            var before = StoredRows.lastSequence(reader);
            var expected = StoredRows.count(reader) + load.rows().size();
            consumers.forEach(ServiceProcess::freeze);
            try {
                QueueFill.publish(connection, load);
            } finally {
                consumers.forEach(ServiceProcess::thaw);
            }
            var depth = new ArrayList<Point>();
            var start = System.nanoTime();
            await("the queue of " + name + " to be drained")
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK)
                    .until(() -> {
                        var waiting = depth(channel);
                        depth.add(new Point((System.nanoTime() - start) / NANOS_PER_SECOND, waiting));
                        // Counted only then: while rows come, H2 looks at each that is not committed.
                        return waiting == 0 && StoredRows.count(reader) >= expected;
                    });
            return new Drained(StoredRows.since(reader, before), depth);
        } catch (TimeoutException timeout) {
            throw new IOException("the channel does not close", timeout);
        }
    }

    private static long depth(Channel channel) throws IOException {
        return channel.messageCount(Topology.WAGER_QUEUE);
    }

    @Override
    public void close() {
        closeProcesses();
        connection.abort();
        broker.rabbitmqctl("delete_vhost", name);
    }

    private void closeProcesses() {
        consumers.forEach(ServiceProcess::close);
    }
}
