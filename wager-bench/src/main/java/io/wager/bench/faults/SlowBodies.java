package io.wager.bench.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bodies that trickle, a byte a second, on more connections than an instance may have requests in progress. The instance has to cut
 * each off, and everybody else goes on meanwhile.
 */
final class SlowBodies {

    private static final int CONNECTIONS = 2_000;
    private static final int CONNECT_MILLIS = 10_000;
    /** So that those that are not yet accepted fit into the API's backlog of 1,000. */
    private static final int CONNECT_EVERY_MILLIS = 4;
    /** Far above the longest that a body may take by default. */
    private static final int MOST_SECONDS = 180;

    private static final byte[] HEAD = """
            POST /api/player/casinowager HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: application/json\r
            Content-Length: 300000\r
            \r
            {""".getBytes(StandardCharsets.US_ASCII);

    private SlowBodies() {}

    static void inject(Scene scene, Random random) throws Exception {
        var apis = scene.rig().apis();
        var port = apis.get(random.nextInt(apis.size())).process().port();
        List<Future<Boolean>> trickles = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var connection = 0; connection < CONNECTIONS; connection++) {
                trickles.add(threads.submit(() -> isCutOff(port)));
                TimeUnit.MILLISECONDS.sleep(CONNECT_EVERY_MILLIS);
            }
            for (var trickle : trickles) {
                if (!trickle.get()) {
                    throw new IllegalStateException(
                            "a body that trickles is not cut off within " + MOST_SECONDS + " seconds");
                }
            }
        }
    }

    private static boolean isCutOff(int port) throws InterruptedException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            var out = socket.getOutputStream();
            var in = socket.getInputStream();
            out.write(HEAD);
            for (var second = 0; second < MOST_SECONDS; second++) {
                TimeUnit.SECONDS.sleep(1);
                // Once the other end is closed, one write goes into the void and the next fails; or the answer is read
                // before.
                out.write(' ');
                if (in.available() > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}
