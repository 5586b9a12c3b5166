package io.wager.bench.speed.http;

import io.wager.testkit.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program with the classes of this one, in a process of its own with its own log. */
final class JavaProcess {

    private JavaProcess() {}

    /**
     * Runs it to its end.
     *
     * @param log takes what it says
     * @param patience after which it is ended
     * @param options for its JVM
     * @param mainClass and its arguments
     */
    static void run(Path log, Duration patience, List<String> options, String... mainClass)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(mainClass));
        var process = ChildProcesses.endWithThisJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(mainClass[0] + " does not end, see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(mainClass[0] + " ended with " + process.exitValue() + ", see " + log);
        }
    }
}
