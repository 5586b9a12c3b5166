package io.wager.rabbitmq;

/**
 * An account of the broker.
 *
 * @param username of the account
 * @param password of the account
 */
record BrokerCredentials(String username, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return username;
    }
}
