package io.wager.rabbitmq;

/** How a service proves to the broker who it is. */
public enum BrokerAuthentication {
    /** By user name and password. */
    PASSWORD,
    /** By the certificate of its TLS connection (SASL EXTERNAL); the broker takes the user's name from it. */
    CERTIFICATE
}
