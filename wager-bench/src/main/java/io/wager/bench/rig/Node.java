package io.wager.bench.rig;

import io.wager.testkit.ServiceProcess;
import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One instance of a service, the network between it and the broker, and the network between its clients and it. Faults that
 * take it in hand hold its {@link #lock}, so that two of them never start and kill it at once.
 *
 * @param name for people
 * @param process the instance
 * @param toBroker its connections to the broker go through here
 * @param fromClients its clients' connections come through here
 * @param lock held by whoever changes whether it runs
 */
public record Node(
        String name, ServiceProcess process, NetworkProxy toBroker, NetworkProxy fromClients, ReentrantLock lock)
        implements AutoCloseable {

    /** A node whose process is not yet started. */
    Node(String name, ServiceProcess process, NetworkProxy toBroker) {
        this(name, process, toBroker, new NetworkProxy(process.port()), new ReentrantLock());
    }

    /** Where clients reach it. */
    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + fromClients.port() + pathAndQuery);
    }

    /** Kills the process, and loses what the network held of it. */
    public void kill() {
        process.kill();
        toBroker.cut();
        fromClients.cut();
    }

    @Override
    public void close() {
        process.close();
        toBroker.close();
        fromClients.close();
    }
}
