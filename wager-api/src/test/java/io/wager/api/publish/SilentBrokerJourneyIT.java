package io.wager.api.publish;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.api.WagerApiApplication;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.StallingProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The API on a real RabbitMQ that falls silent with its connection open, and on one that raises an alarm. */
class SilentBrokerJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SINGLE = "/api/player/casinowager";
    private static final String BATCH = "/api/player/casinowagers";
    private static final int MORE_THAN_THE_LEAST_CALLS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private RabbitMqServer broker;
    private StallingProxy proxy;
    private ConfigurableApplicationContext api;

    @BeforeEach
    void startEverything() throws Exception {
        broker = RabbitMqServer.forFaults();
        broker.deleteTopology();
        var factory = broker.connectionFactory();
        proxy = new StallingProxy(factory.getHost(), factory.getPort());
        api = SpringApplication.run(
                WagerApiApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--wager.security.mode=none",
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + proxy.port(),
                "--spring.rabbitmq.username=" + factory.getUsername(),
                "--spring.rabbitmq.password=" + factory.getPassword(),
                "--spring.rabbitmq.virtual-host=" + factory.getVirtualHost(),
                // Else the connection would be found dead before long.
                "--spring.rabbitmq.requested-heartbeat=0",
                "--wager.publish.confirm-timeout=500ms",
                // Nothing listens on port 1.
                "--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/nowhere",
                "--spring.datasource.hikari.connection-timeout=250",
                "--spring.flyway.enabled=false");
        await().atMost(PATIENCE).until(() -> post(SINGLE, one()).statusCode() == 200);
    }

    @AfterEach
    void stopEverything() throws Exception {
        proxy.goOn();
        api.close();
        proxy.close();
        client.close();
        broker.deleteTopology();
    }

    @Test
    void aSilentBrokerIsWaitedForByAFewAndTheRestIsToldToComeAgain() throws Exception {
        proxy.stall();
        var unconfirmed = post(BATCH, batch());

        var refused = post(SINGLE, one());

        assertThat(unconfirmed.statusCode()).isEqualTo(207);
        assertThat(unconfirmed.body()).contains("broker-unconfirmed");
        assertThat(api.getBean("rabbitMessagePublisher", MessagePublisher.class).state())
                .as("the connection as the client sees it")
                .isEqualTo(MessagePublisher.State.READY);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("broker-unreachable");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
        proxy.goOn();
        awaitAccepting();
    }

    @Test
    void anAlarmOfTheBrokerIsToldAtOnceAndItsEndIsNoticed() throws Exception {
        broker.rabbitmqctl("set_vm_memory_high_watermark", "0.0000001");
        try {
            await().atMost(PATIENCE).until(() -> post(SINGLE, one()).body().contains("broker-blocked"));
            post(BATCH, batch());

            var refused = post(SINGLE, one());

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("broker-blocked");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
        } finally {
            broker.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "2GB");
        }
        awaitAccepting();
    }

    private void awaitAccepting() {
        await().atMost(PATIENCE).until(() -> post(BATCH, batch()).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> get("/readyz").body().contains("CLOSED"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        var port = api.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static String batch() {
        return IntStream.range(0, MORE_THAN_THE_LEAST_CALLS)
                .mapToObj(i -> one())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String one() {
        return new String(WagerEncoder.encode(aWager().build()), StandardCharsets.UTF_8);
    }
}
