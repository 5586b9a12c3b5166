package io.wager.bench.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a client and its server on loopback: it can hold what goes one way or the other without closing
 * anything, and lose its connections together with what it holds. Safe for any number of threads.
 */
public final class NetworkProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BACKLOG = 500;

    private final ServerSocket listening;
    private final int serverPort;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Direction> held = EnumSet.noneOf(Direction.class);

    /** Which way bytes go. */
    public enum Direction {
        /** From whoever connected. */
        TO_SERVER,
        /** Back to whoever connected. */
        TO_CLIENT
    }

    /**
     * A proxy that lets everything pass.
     *
     * @param serverPort where the server listens on loopback; it need not do so yet
     */
    public NetworkProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where to connect to on loopback. */
    public int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing passes that way; the other end sees silence. */
    public void hold(Direction direction) {
        lock.lock();
        try {
            held.add(direction);
        } finally {
            lock.unlock();
        }
    }

    /** Everything passes, what was held first. */
    public void release() {
        lock.lock();
        try {
            held.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all connections, loses what was held, and lets new ones pass. */
    public void cut() {
        links.forEach(Link::close);
        release();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                try {
                    var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
                    links.add(link);
                    Thread.ofVirtual().start(() -> pass(link, Direction.TO_SERVER));
                    Thread.ofVirtual().start(() -> pass(link, Direction.TO_CLIENT));
                } catch (IOException serverIsAway) {
                    client.close();
                }
            } catch (IOException closed) {
                links.removeIf(Link::isClosed);
            }
        }
    }

    private void pass(Link link, Direction direction) {
        try {
            var isToServer = direction == Direction.TO_SERVER;
            pass(
                    link,
                    (isToServer ? link.client : link.server).getInputStream(),
                    (isToServer ? link.server : link.client).getOutputStream(),
                    direction);
        } catch (IOException ended) {
            link.close();
        } finally {
            link.close();
            links.remove(link);
        }
    }

    private void pass(Link link, InputStream in, OutputStream out, Direction direction) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            awaitPassage(link, direction);
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private void awaitPassage(Link link, Direction direction) throws IOException {
        lock.lock();
        try {
            while (held.contains(direction) && !link.isClosed()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (link.isClosed()) {
            throw new IOException("the connection was cut");
        }
    }

    private static final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean isClosed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        boolean isClosed() {
            return isClosed;
        }

        void close() {
            isClosed = true;
            try (client;
                    server) {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
            } catch (IOException closedAlready) {
                isClosed = true;
            }
        }
    }
}
