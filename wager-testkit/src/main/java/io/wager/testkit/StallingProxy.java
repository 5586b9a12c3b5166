package io.wager.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and its broker, and can fall silent without closing anything: what a client sees of a broker that
 * hangs, or of a network that has lost its packets.
 */
public final class StallingProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listening;
    private final String brokerHost;
    private final int brokerPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition goesOn = lock.newCondition();
    private boolean isStalled;

    /**
     * Listens on a free port.
     *
     * @param brokerHost where the broker is
     * @param brokerPort its port
     * @throws IOException if it can't
     */
    public StallingProxy(String brokerHost, int brokerPort) throws IOException {
        this.brokerHost = brokerHost;
        this.brokerPort = brokerPort;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where it listens, on loopback. */
    public int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing passes, in either direction, on any connection. */
    public void stall() {
        set(true);
    }

    /** Everything that was held passes. */
    public void goOn() {
        set(false);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : sockets) {
            socket.close();
        }
        goOn();
    }

    private void set(boolean stalled) {
        lock.lock();
        try {
            isStalled = stalled;
            goesOn.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitGoing() {
        lock.lock();
        try {
            while (isStalled) {
                goesOn.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                var client = listening.accept();
                var broker = new Socket(brokerHost, brokerPort);
                sockets.addAll(List.of(client, broker));
                Thread.ofVirtual().start(() -> pass(client, broker));
                Thread.ofVirtual().start(() -> pass(broker, client));
            }
        } catch (IOException closed) {
            // The test is over, or the broker is away: the client sees its connection end.
            sockets.removeIf(Socket::isClosed);
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            pass(from.getInputStream(), to.getOutputStream());
        } catch (IOException closed) {
            // One side has closed: try-with-resources closes the other.
            sockets.removeAll(List.of(from, to));
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            awaitGoing();
            out.write(buffer, 0, read);
            out.flush();
        }
    }
}
