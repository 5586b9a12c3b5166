package io.wager.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start and a stop on data that are thrown away, from which the JVM learns what a start needs: see {@code deploy/train}.
 * Touches nobody's port or folder.
 */
final class TrainingRun {

    /** The command's name. Not among those that people are told of: the start script gives it. */
    static final String NAME = "train";

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    private TrainingRun() {}

    /** Runs the command and returns its exit code: 0 if it started and stopped. */
    static int run() {
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
        var options = StartOptions.parse("--port", String.valueOf(freePort()), "--data", folder.toString());
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
