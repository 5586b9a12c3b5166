package io.wager.consumer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.WagerConsumerApplication;
import io.wager.core.messaging.MessagePublisher;
import io.wager.core.messaging.MessageSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/** The consumer as it brings the schema up to date and ends. */
class OneShotRunTest {

    private static final BlockingQueue<Integer> EXITS = new LinkedBlockingQueue<>();

    @Test
    void opensTheDatabaseAndNothingElse() throws Exception {
        try (var broker = ServerSocketChannel.open()) {
            broker.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            broker.configureBlocking(false);
            var port = broker.socket().getLocalPort();

            try (var run = new SpringApplicationBuilder(Exits.class, WagerConsumerApplication.class)
                    .run(
                            "--wager.schema.migrate-and-exit=true",
                            "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                            "--spring.rabbitmq.addresses=127.0.0.1:" + port)) {
                assertThat(EXITS.poll(60, TimeUnit.SECONDS)).isZero();
                assertThat(run).isNotInstanceOf(WebServerApplicationContext.class);
                assertThat(run.getBeanNamesForType(MessagePublisher.class)).isEmpty();
                assertThat(run.getBeanNamesForType(MessageSource.class)).isEmpty();
            }

            assertThat(broker.accept()).as("a connection to the broker").isNull();
        }
    }

    /** Remembers the exit code in place of ending the process. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    static class Exits {

        @Bean
        ProcessExit processExit() {
            return EXITS::add;
        }
    }
}
