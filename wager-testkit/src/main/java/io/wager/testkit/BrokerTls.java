package io.wager.testkit;

/** What a test may do with the TLS of a RabbitMQ: it asks for client certificates, and takes connections without one. */
public final class BrokerTls {

    private final RabbitMqServer server;

    BrokerTls(RabbitMqServer server) {
        this.server = server;
    }

    /** The port on loopback. The certificate that the server starts with is for 127.0.0.1. */
    public int port() {
        return server.tlsPort();
    }

    /** Issued the server's certificate, and may issue clients'. */
    public TestAuthority authority() {
        return server.authority();
    }

    /**
     * Has the server present another certificate to new connections.
     *
     * @param certificate with its key
     */
    public void present(TestAuthority.Issued certificate) {
        server.present(certificate);
    }

    /** Has the server present a valid one again. */
    public void presentValid() {
        present(authority().issue("broker", "127.0.0.1"));
    }
}
