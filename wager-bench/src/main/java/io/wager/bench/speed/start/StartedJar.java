package io.wager.bench.speed.start;

import io.wager.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service as it is laid out in its image: its jar extracted, with an archive beside it. Used by one thread.
 *
 * @param name of the service
 * @param folder of the extracted jar and of the logs
 * @param jar the extracted jar, in the folder of the service's name below that
 * @param arguments as for {@link ServiceProcess}
 * @param environment more environment variables
 */
record StartedJar(String name, Path folder, Path jar, List<String> arguments, Map<String, String> environment) {

    private static final int PATIENCE_SECONDS = 300;

    StartedJar {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Extracts an executable jar into the folder and makes its archive. */
    void prepare(Path executable, Path train, List<String> trainingRun) throws IOException, InterruptedException {
        run(List.of(
                java(),
                "-Djarmode=tools",
                "-jar",
                executable.toString(),
                "extract",
                "--destination",
                folder.resolve(name).toString()));
        List<String> command = new ArrayList<>(List.of(train.toString(), archive(), java()));
        for (var part : trainingRun) {
            command.add(part.equals("{jar}") ? jar.toString() : part);
        }
        run(command);
    }

    /** Starts the service, kills it once it is ready, and returns the milliseconds that it took from the process's start. */
    double millisToReady(boolean isWithArchive) {
        try (var process = new ServiceProcess(name, jar, arguments, environment, folder)) {
            if (name.equals("wager-standalone")) {
                process.onOnePort();
            }
            var options = new ArrayList<>(ServiceProcess.PRODUCTION_OPTIONS);
            if (isWithArchive) {
                options.add('@' + archive() + ".options");
            }
            process.jvmOptions(options);
            var begin = System.nanoTime();
            process.start().awaitReady();
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private String archive() {
        return jar.resolveSibling("start").toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var log = folder.resolve(name + "-archive.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command.getFirst() + " does not end, see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command.getFirst() + " ended with " + process.exitValue() + ", see " + log);
        }
    }
}
