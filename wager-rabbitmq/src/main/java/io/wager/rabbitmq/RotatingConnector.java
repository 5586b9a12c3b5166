package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects with what the files have at that moment. Where the broker refuses that, it tries what it took last: so it does not matter
 * whether the files or the broker get a new password first. For one thread.
 */
final class RotatingConnector implements BrokerConnector {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingConnector.class);

    private final CredentialFiles files;
    private final Opening opening;
    private @Nullable BrokerCredentials accepted;
    private @Nullable BrokerCredentials refused;

    RotatingConnector(CredentialFiles files, Opening opening) {
        this.files = files;
        this.opening = opening;
    }

    @Override
    public Connection connect() throws IOException, TimeoutException {
        var newest = files.read();
        try {
            return open(newest);
        } catch (PossibleAuthenticationFailureException unknown) {
            var previous = accepted;
            if (previous == null || previous.equals(newest)) {
                throw unknown;
            }
            refuse(newest);
            return open(previous);
        }
    }

    @Override
    public @Nullable Connection renew() throws IOException, TimeoutException {
        var newest = files.read();
        if (newest.equals(accepted)) {
            return null;
        }
        try {
            return open(newest);
        } catch (PossibleAuthenticationFailureException unknown) {
            refuse(newest);
            return null;
        }
    }

    private Connection open(BrokerCredentials credentials) throws IOException, TimeoutException {
        var connection = opening.open(credentials);
        accepted = credentials;
        return connection;
    }

    /** Said once, since it is asked again and again until the broker has the new password. */
    private void refuse(BrokerCredentials credentials) {
        if (!credentials.equals(refused)) {
            refused = credentials;
            LOG.warn("the broker refuses the new credentials, the previous ones stay in use: account={}", credentials);
        }
    }

    /** Opens a connection with given credentials. */
    @FunctionalInterface
    interface Opening {
        Connection open(BrokerCredentials credentials) throws IOException, TimeoutException;
    }
}
