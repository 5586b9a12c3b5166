package io.wager.consumer.deadletter;

import static org.awaitility.Awaitility.await;

import io.wager.testkit.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** An H2 server as a process of its own, which can be killed as a database that goes away. */
final class H2Process {

    private final int port = FreePort.find();
    private final Path folder;
    private @Nullable Process process;

    /** Not yet started; keeps its files in a folder. */
    H2Process(Path folder) {
        this.folder = folder;
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        locationOf(Server.class) + File.pathSeparator + locationOf(FailingTrigger.class),
                        Server.class.getName(),
                        "-tcp",
                        "-tcpPort",
                        Integer.toString(port),
                        "-ifNotExists",
                        "-baseDir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "h2-" + port + ".log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    private static Path locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    void kill() throws InterruptedException {
        if (process != null && !process.destroyForcibly().waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the H2 server does not end");
        }
    }

    /** The database stays open without connections: one that closes as another client comes answers that it is closed (90121). */
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./wagers;WRITE_DELAY=0;DB_CLOSE_DELAY=-1";
    }
}
