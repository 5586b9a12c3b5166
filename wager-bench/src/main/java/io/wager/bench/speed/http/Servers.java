package io.wager.bench.speed.http;

import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.Topology;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.h2.tools.Server;

/**
 * What the loads are for: the API on RabbitMQ, the same without a broker, a consumer where one is wanted, and their database.
 * Each a process of its own. Used by one thread.
 */
final class Servers implements AutoCloseable {

    private static final int DATABASE_MEGABYTES = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RabbitMqServer broker = RabbitMqServer.forSpeed();
    private final DatabaseProcess database;
    private final ServiceProcess api;
    private final ServiceProcess withoutBroker;
    private final ServiceProcess consumer;

    /** Starts all but the consumer, on an empty queue and an empty database with its schema. */
    Servers(Path folder, Path jars) throws IOException {
        var apiJar = jars.resolve("wager-api/target/wager-api-exec.jar");
        broker.deleteTopology();
        database = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        api = service("api", apiJar, folder);
        var classes = folder.resolve("no-broker");
        NoBrokerConfiguration.write(classes);
        withoutBroker = service("api-without-broker", apiJar, folder, NoBrokerConfiguration.OPTION)
                .adding(classes);
        consumer = service(
                "consumer",
                jars.resolve("wager-consumer/target/wager-consumer-exec.jar"),
                folder,
                "--wager.schema.migrate=true");
        try {
            database.start();
            consumer.start().awaitReady();
            consumer.stop();
            api.start();
            withoutBroker.start();
            api.awaitReady();
            withoutBroker.awaitReady();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private ServiceProcess service(String name, Path jar, Path folder, String... options) {
        var arguments = new ArrayList<>(List.of(options));
        arguments.add("--spring.datasource.url=" + database.url());
        return new ServiceProcess(
                        name,
                        jar,
                        arguments,
                        Map.of(
                                "SPRING_RABBITMQ_ADDRESSES",
                                broker.uri().toString(),
                                "SPRING_DATASOURCE_USERNAME",
                                "sa",
                                "SPRING_DATASOURCE_PASSWORD",
                                ""),
                        folder)
                .jvmOptions(ServiceProcess.PRODUCTION_OPTIONS);
    }

    /** The broker. */
    RabbitMqServer broker() {
        return broker;
    }

    /** What processor time the API on the broker has had. */
    Duration apiCpuTime() {
        return api.cpuTime();
    }

    /** What processor time the API without a broker has had. */
    Duration withoutBrokerCpuTime() {
        return withoutBroker.cpuTime();
    }

    /** Where the API on the broker answers. */
    String api() {
        return api.uri("").toString();
    }

    /** Where the API without a broker answers. */
    String withoutBroker() {
        return withoutBroker.uri("").toString();
    }

    /** Starts the consumer. */
    void startConsumer() {
        consumer.start().awaitReady();
    }

    /** Waits until nothing is in the queue. */
    void awaitEmptyQueue() throws IOException, TimeoutException {
        try (var connection = broker.connectionFactory().newConnection("wager-bench");
                var channel = connection.createChannel()) {
            await("the queue to be empty")
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .until(() -> channel.messageCount(Topology.WAGER_QUEUE) == 0);
        }
    }

    /** Stops the consumer, in order. */
    void stopConsumer() {
        consumer.stop();
    }

    /** Throws away what waits in the queue. */
    void purge() throws IOException, TimeoutException {
        try (var connection = broker.connectionFactory().newConnection("wager-bench");
                var channel = connection.createChannel()) {
            channel.queuePurge(Topology.WAGER_QUEUE);
        }
    }

    @Override
    public void close() {
        consumer.close();
        withoutBroker.close();
        api.close();
        database.close();
    }
}
