package io.wager.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A service's executable jar as the images have it: extracted, with a start archive beside it, so that each of the many starts
 * of a build costs less. Made by the first test that asks for it, for all JVMs of the build. Safe for any number of threads and JVMs.
 */
public final class TrainedJar {

    /** Beside the jar; has the options with which the JVM uses the archive. Empty if the training failed. */
    private static final String OPTIONS = "start.options";
    /** A service ends by itself when it has started. */
    private static final List<String> SERVICE_TRAINING = List.of(
            "--spring.datasource.url=jdbc:h2:mem:training", "--wager.security.mode=none", "--server.address=127.0.0.1");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path TRAIN = Path.of("..", "deploy", "train");
    private static final long PATIENCE_MINUTES = 5;

    private TrainedJar() {}

    /**
     * The extracted jar, which {@link ServiceProcess} starts with its archive.
     *
     * @param executableJar of a service, built; a jar that was built anew is trained anew
     * @return the jar in a folder beside it
     * @throws IllegalStateException if the jar is missing or can't be extracted; a training that fails is none
     */
    public static Path of(Path executableJar) {
        return of(executableJar, SERVICE_TRAINING);
    }

    /**
     * The extracted jar of the standalone, trained by its own command for that.
     *
     * @param executableJar of the standalone, built; a jar that was built anew is trained anew
     * @return the jar in a folder beside it
     * @throws IllegalStateException if the jar is missing or can't be extracted; a training that fails is none
     */
    public static Path ofStandalone(Path executableJar) {
        return of(executableJar, List.of("train"));
    }

    /**
     * The JVM's arguments that run a jar, with its archive if it has one.
     *
     * @param jar as {@link #of} returns it, or any other
     * @return what follows the JVM's other options and comes before the program's arguments
     */
    public static List<String> launch(Path jar) {
        var options = jar.resolveSibling(OPTIONS);
        var start = List.of("-jar", jar.toAbsolutePath().toString());
        return Files.exists(options)
                ? Stream.concat(Stream.of("@" + options.toAbsolutePath()), start.stream())
                        .toList()
                : start;
    }

    private static synchronized Path of(Path executableJar, List<String> training) {
        if (!Files.exists(executableJar)) {
            throw new IllegalStateException(
                    executableJar.toAbsolutePath() + " is missing: run the tests by ./mvnw verify");
        }
        var source = executableJar.toAbsolutePath().normalize();
        try (var lock = FileChannel.open(
                source.resolveSibling("trained.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            var folder = folderFor(source);
            var jar = folder.resolve(source.getFileName());
            if (!Files.exists(folder.resolve(OPTIONS))) {
                extract(source, folder);
                train(jar, folder, training);
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** By its content, as {@code ./wager} does: the time of a jar is that of the release, the same for every build. */
    static Path folderFor(Path source) throws IOException {
        var checksum = new CRC32();
        try (var content = new CheckedInputStream(Files.newInputStream(source), checksum)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return source.resolveSibling("trained-" + checksum.getValue() + "-" + Files.size(source));
    }

    private static void extract(Path source, Path folder) throws IOException {
        var command = new String[] {
            JAVA, "-Djarmode=tools", "-jar", source.toString(), "extract", "--force", "--destination", folder.toString()
        };
        if (run(folder.resolveSibling("extract.log"), command) != 0) {
            throw new IllegalStateException(source + " can't be extracted, see extract.log beside it");
        }
    }

    /** As the Dockerfile does; the script leaves no archive, and options without one, where it fails. */
    private static void train(Path jar, Path folder, List<String> arguments) throws IOException {
        var command = Stream.concat(
                Stream.of(
                        TRAIN.toString(),
                        folder.resolve("start").toString(),
                        JAVA,
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        jar.toString()),
                arguments.stream());
        run(folder.resolve("train.log"), command.toArray(String[]::new));
    }

    private static int run(Path log, String... command) throws IOException {
        var process = ChildProcesses.endWithThisJvm(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(command[0] + " does not end, see " + log);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", interrupted);
        }
        return process.exitValue();
    }
}
