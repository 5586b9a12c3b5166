package io.wager.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.impl.DefaultCredentialsProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.core.messaging.DeadLetterKeeper;
import io.wager.core.messaging.MessagePublisher;
import io.wager.rabbitmq.consume.ConsumeProperties;
import io.wager.rabbitmq.consume.RabbitMessageSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.amqp.rabbit.connection.RabbitConnectionFactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.amqp.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.amqp.RabbitConnectionFactoryBeanConfigurer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Wires the transport on RabbitMQ. The applications import it, and it is active unless {@code wager.messaging.transport} names another. It
 * takes the broker's settings from {@code spring.rabbitmq.*}, but makes its own connections: {@code spring.rabbitmq.publisher-*}, {@code
 * .template.*} and {@code .listener.*} have no effect.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "wager.messaging.transport", havingValue = "rabbitmq", matchIfMissing = true)
@EnableConfigurationProperties({
    MessagingProperties.class,
    PublishProperties.class,
    ConsumeProperties.class,
    CredentialsProperties.class
})
public class RabbitTransportConfiguration {

    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 10_000;
    private static final int RPC_TIMEOUT_MILLIS = 10_000;
    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration SPRINGS_PHASE_TIMEOUT = Duration.ofSeconds(30);

    @Bean
    RabbitMessagePublisher rabbitMessagePublisher(
            RabbitConnectionFactoryBeanConfigurer configurer,
            RabbitConnectionDetails details,
            MessagingProperties messaging,
            PublishProperties properties,
            CredentialsProperties credentials,
            MeterRegistry registry)
            throws Exception {
        var factory = connectionFactory(configurer, details, messaging);
        var addresses = addresses(details);
        return new RabbitMessagePublisher(
                connector(factory, credentials, () -> factory.newConnection(addresses, "wager-publish")),
                messaging,
                properties,
                registry);
    }

    // Lazy: an application that only publishes opens no consuming connection.
    @Bean
    @Lazy
    RabbitMessageSource rabbitMessageSource(
            RabbitConnectionFactoryBeanConfigurer configurer,
            RabbitConnectionDetails details,
            MessagePublisher publisher,
            MessagingProperties messaging,
            ConsumeProperties consuming,
            CredentialsProperties credentials,
            ObjectProvider<DeadLetterKeeper> keeper,
            ObjectProvider<Clock> clock,
            MeterRegistry registry,
            Environment environment)
            throws Exception {
        requireTimeToStop(messaging, environment);
        var factory = connectionFactory(configurer, details, messaging);
        var addresses = addresses(details);
        return new RabbitMessageSource(
                connector(
                        factory,
                        credentials,
                        () -> factory.newConnection(
                                RabbitMessageSource.deliveryExecutor(), addresses, "wager-consume")),
                publisher,
                keeper.getIfAvailable(),
                messaging,
                clock.getIfAvailable(Clock::systemUTC),
                consuming,
                registry);
    }

    /** Connects as configured, or with what the files of credentials have, if there are some. */
    static BrokerConnector connector(
            ConnectionFactory factory, CredentialsProperties credentials, BrokerConnector opening) {
        var passwordFile = credentials.passwordFile();
        if (passwordFile == null) {
            return opening;
        }
        if (DefaultSaslConfig.EXTERNAL.equals(factory.getSaslConfig())) {
            throw new IllegalArgumentException("wager.messaging.credentials.password-file has no meaning with"
                    + " wager.messaging.authentication=certificate: set one of them");
        }
        var files = new CredentialFiles(passwordFile, credentials.usernameFile(), factory.getUsername());
        return new RotatingConnector(files, account -> {
            factory.setCredentialsProvider(new DefaultCredentialsProvider(account.username(), account.password()));
            return opening.connect();
        });
    }

    private static List<Address> addresses(RabbitConnectionDetails details) {
        return details.getAddresses().stream()
                .map(address -> new Address(address.host(), address.port()))
                .toList();
    }

    /** Otherwise the database would close while a batch still has time. */
    private static void requireTimeToStop(MessagingProperties messaging, Environment environment) {
        var phaseTimeout =
                Binder.get(environment).bind(PHASE_TIMEOUT, Duration.class).orElse(SPRINGS_PHASE_TIMEOUT);
        if (messaging.shutdownTimeout().compareTo(phaseTimeout) >= 0) {
            throw new IllegalArgumentException("wager.messaging.shutdown-timeout (" + messaging.shutdownTimeout()
                    + ") must be shorter than " + PHASE_TIMEOUT + " (" + phaseTimeout + ")");
        }
    }

    /** Publisher and source have their own, since Spring changes the one that it gets. */
    private static ConnectionFactory connectionFactory(
            RabbitConnectionFactoryBeanConfigurer configurer,
            RabbitConnectionDetails details,
            MessagingProperties messaging)
            throws Exception {
        var bean = new RabbitConnectionFactoryBean();
        bean.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        bean.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        bean.setChannelRpcTimeout(RPC_TIMEOUT_MILLIS);
        configurer.configure(bean);
        bean.afterPropertiesSet();
        var factory = bean.getObject();
        if (factory == null) {
            throw new IllegalStateException("no connection factory was made");
        }
        factory.setHandshakeTimeout(HANDSHAKE_TIMEOUT_MILLIS);
        factory.setAutomaticRecoveryEnabled(false);
        if (details.getSslBundle() != null) {
            // Spring Boot gives bundles to a factory of its own kind only. Asked for at each connect, so that
            // certificates may
            // rotate: connections that are open stay, new ones use the new certificates.
            factory.setSocketFactory(null);
            factory.setSslContextFactory(
                    connection -> Objects.requireNonNull(details.getSslBundle()).createSslContext());
        }
        if (messaging.authentication() == BrokerAuthentication.CERTIFICATE) {
            if (!factory.isSSL()) {
                throw new IllegalArgumentException("wager.messaging.authentication=certificate needs TLS with a"
                        + " certificate of the client's: spring.rabbitmq.ssl.bundle");
            }
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
        }
        return factory;
    }
}
