package io.wager.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessagePublisher.State;
import io.wager.testkit.BrokerTls;
import io.wager.testkit.RabbitMqServer;
import io.wager.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** TLS to a real RabbitMQ, by Spring's bundles: what is taken, and what is refused. */
@ExtendWith(OutputCaptureExtension.class)
final class RabbitTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private RabbitMqServer broker;
    private BrokerTls tls;
    private Path trusted;

    @BeforeEach
    void trustItsIssuer() throws IOException {
        broker = RabbitMqServer.forFaults();
        tls = broker.tls();
        trusted =
                Files.writeString(folder.resolve("trusted.pem"), tls.authority().pem());
    }

    @Test
    void aBrokerWithACertificateForItsHostFromATrustedIssuerIsTaken() {
        service("127.0.0.1").run(context -> awaitState(context.getBean(MessagePublisher.class), State.READY));
    }

    @Test
    void anotherHostIsRefused(CapturedOutput log) {
        // The same broker, by a name that its certificate does not have.
        service("localhost").run(context -> {
            await().atMost(PATIENCE).until(() -> log.getOut().contains("the broker's certificate is for another host"));
            assertThat(context.getBean(MessagePublisher.class).state()).isEqualTo(State.DISCONNECTED);
        });
    }

    @Test
    void anUnknownIssuerIsRefusedUntilItIsTrusted(CapturedOutput log) throws IOException {
        Files.writeString(trusted, new TestAuthority("somebody else").pem());

        service("127.0.0.1").run(context -> {
            await().atMost(PATIENCE)
                    .until(() -> log.getOut().contains("the issuer of the broker's certificate is not trusted here"));
            assertThat(context.getBean(MessagePublisher.class).state()).isEqualTo(State.DISCONNECTED);

            // No restart: the file is read again when it changes.
            Files.writeString(trusted, tls.authority().pem());

            awaitState(context.getBean(MessagePublisher.class), State.READY);
        });
    }

    @Test
    void anExpiredCertificateIsRefusedUntilAnotherOneTakesItsPlace(CapturedOutput log) {
        tls.present(tls.authority().issue("broker", Instant.now().minusSeconds(60), "127.0.0.1"));
        try {
            service("127.0.0.1").run(context -> {
                await().atMost(PATIENCE).until(() -> log.getOut().contains("the broker's certificate has expired"));
                assertThat(context.getBean(MessagePublisher.class).state()).isEqualTo(State.DISCONNECTED);

                tls.presentValid();

                awaitState(context.getBean(MessagePublisher.class), State.READY);
            });
        } finally {
            tls.presentValid();
        }
    }

    @Test
    void aClientProvesWhoItIsByItsCertificate(CapturedOutput log) throws IOException {
        var certificate = folder.resolve("client.pem");
        var key = folder.resolve("client.key");
        tls.authority().issue("guest").write(certificate, key);

        service("127.0.0.1")
                .withPropertyValues(
                        "spring.ssl.bundle.pem.broker.keystore.certificate=" + certificate,
                        "spring.ssl.bundle.pem.broker.keystore.private-key=" + key,
                        "wager.messaging.authentication=certificate",
                        "spring.rabbitmq.password=not the one")
                .run(context -> awaitState(context.getBean(MessagePublisher.class), State.READY));

        new TestAuthority("somebody else").issue("guest").write(certificate, key);
        service("127.0.0.1")
                .withPropertyValues(
                        "spring.ssl.bundle.pem.broker.keystore.certificate=" + certificate,
                        "spring.ssl.bundle.pem.broker.keystore.private-key=" + key,
                        "wager.messaging.authentication=certificate")
                .run(context -> {
                    await().atMost(PATIENCE)
                            .until(() -> log.getOut().contains("publishing connection could not be opened"));
                    assertThat(context.getBean(MessagePublisher.class).state()).isEqualTo(State.DISCONNECTED);
                });
    }

    @Test
    void aCertificateInThePlaceOfAPasswordNeedsTls() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RabbitAutoConfiguration.class))
                .withUserConfiguration(RabbitTransportConfiguration.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "spring.rabbitmq.addresses=127.0.0.1:1", "wager.messaging.authentication=certificate")
                .run(context -> assertThatThrownBy(() -> context.getBean(MessagePublisher.class))
                        .hasStackTraceContaining("spring.rabbitmq.ssl.bundle"));
    }

    private ApplicationContextRunner service(String host) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, RabbitAutoConfiguration.class))
                .withUserConfiguration(RabbitTransportConfiguration.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "spring.ssl.bundle.pem.broker.truststore.certificate=" + trusted,
                        "spring.ssl.bundle.pem.broker.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms",
                        "spring.rabbitmq.ssl.bundle=broker",
                        "spring.rabbitmq.ssl.enabled=true",
                        "spring.rabbitmq.host=" + host,
                        "spring.rabbitmq.port=" + tls.port(),
                        "spring.lifecycle.timeout-per-shutdown-phase=40s");
    }

    private static void awaitState(MessagePublisher publisher, State state) {
        await().atMost(PATIENCE).until(() -> publisher.state() == state);
    }
}
