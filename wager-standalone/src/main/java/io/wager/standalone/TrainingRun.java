package io.wager.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * A start and a stop on data that are thrown away, from which the JVM learns what a start needs: see {@code deploy/train}.
 * Touches nobody's port or folder.
 */
@Command(name = "train", hidden = true, description = "The start script calls it.")
final class TrainingRun implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    /** Returns the exit code: 0 if it started and stopped. */
    @Override
    public Integer call() {
        try {
            var folder = Files.createTempDirectory("wager-train");
            try {
                start(folder);
            } finally {
                delete(folder);
            }
            return 0;
        } catch (StartFailed | IOException failure) {
            LOG.error("training run failed", failure);
            return 1;
        }
    }

    private static void start(Path folder) throws StartFailed, IOException {
        var options = new StartOptions(freePort(), folder, false, List.of());
        try (var standalone = Standalone.start(options)) {
            LOG.info("started: {}", standalone.firstScreen());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
