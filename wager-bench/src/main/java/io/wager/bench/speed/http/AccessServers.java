package io.wager.bench.speed.http;

import static org.awaitility.Awaitility.await;

import io.wager.core.messaging.Topology;
import io.wager.testkit.DatabaseProcess;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.ServiceProcess;
import io.wager.testkit.TestAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.h2.tools.Server;

/** One API jar as three processes on one broker: open, with access control, and by HTTPS. Used by one thread. */
final class AccessServers implements AutoCloseable {

    private static final int DATABASE_MEGABYTES = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RabbitMqServer broker = RabbitMqServer.forSpeed();
    private final DatabaseProcess database;
    private final BenchKey key;
    private final ServiceProcess open;
    private final ServiceProcess withKeys;
    private final ServiceProcess byTls;

    AccessServers(Path folder, Path jars) throws IOException {
        broker.deleteTopology();
        database = new DatabaseProcess(folder.resolve("database"), folder, DATABASE_MEGABYTES, List.of(Server.class));
        key = BenchKey.write(folder);
        var certificate = folder.resolve("certificate.pem");
        var privateKey = folder.resolve("key.pem");
        new TestAuthority("bench").issue("bench", "127.0.0.1").write(certificate, privateKey);
        var jar = jars.resolve("wager-api/target/wager-api-exec.jar");
        open = service("api-open", jar, folder);
        withKeys = service("api-with-keys", jar, folder, key.options());
        byTls = service(
                "api-by-tls",
                jar,
                folder,
                "--spring.ssl.bundle.pem.http.keystore.certificate=" + certificate,
                "--spring.ssl.bundle.pem.http.keystore.private-key=" + privateKey,
                "--server.ssl.bundle=http",
                "--management.server.ssl.enabled=false");
        try (var consumer = service(
                "consumer",
                jars.resolve("wager-consumer/target/wager-consumer-exec.jar"),
                folder,
                "--wager.schema.migrate=true")) {
            database.start();
            consumer.start().awaitReady();
            open.start().awaitReady();
            withKeys.start().awaitReady();
            byTls.start();
            awaitManagement(byTls);
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

    /** Its main port speaks TLS, the management port does not. */
    private static void awaitManagement(ServiceProcess service) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.managementUri("/actuator/health/readiness"))
                    .build();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    ServiceProcess open() {
        return open;
    }

    ServiceProcess withKeys() {
        return withKeys;
    }

    ServiceProcess byTls() {
        return byTls;
    }

    BenchKey key() {
        return key;
    }

    /** Empties the queue. */
    void purge() throws IOException, TimeoutException {
        try (var connection = broker.connectionFactory().newConnection("wager-bench");
                var channel = connection.createChannel()) {
            channel.queuePurge(Topology.WAGER_QUEUE);
        }
    }

    @Override
    public void close() {
        open.close();
        withKeys.close();
        byTls.close();
        database.close();
    }
}
