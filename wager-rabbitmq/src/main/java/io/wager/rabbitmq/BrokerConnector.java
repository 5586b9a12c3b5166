package io.wager.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

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
}
