package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens connections to the broker. */
@FunctionalInterface
public interface BrokerConnector {

    /**
     * Opens a new connection, with automatic recovery off and with a timeout on everything.
     *
     * @return the open connection
     * @throws IOException if the broker can't be reached or refuses
     * @throws TimeoutException if it does not answer in time
     */
    Connection connect() throws IOException, TimeoutException;

    /**
     * Opens a connection with newer credentials than the last connection's, so that it can take that one's place.
     *
     * @return null if there are none, or the broker does not take them (yet)
     * @throws IOException if the broker can't be reached
     * @throws TimeoutException if it does not answer in time
     */
    default @Nullable Connection renew() throws IOException, TimeoutException {
        return null;
    }
}
