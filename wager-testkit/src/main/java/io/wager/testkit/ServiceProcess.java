package io.wager.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service of ours as a process of its own, from its executable jar, to be killed and started again. The log goes to a file
 * beside the test's other output. Used by one thread.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final String PORT = "{port}";
    private static final String PROPERTIES_LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";
    private static final Duration START_DEADLINE = Duration.ofMinutes(4);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** The JVM as the images and the README have it: a small heap, the collector that suits one, and an end when it is used up. */
    public static final List<String> PRODUCTION_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    /**
     * The JVM for a life of seconds to minutes: the quick compiler only, and room from the start for the classes and the code of a
     * whole service, since each time that either runs short the heap is collected in full.
     */
    public static final List<String> SHORT_LIFE_OPTIONS = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MetaspaceSize=128m",
            "-XX:ReservedCodeCacheSize=128m");

    private final String name;
    private final Path jar;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final int port;
    private int managementPort;
    private final Path log;
    private List<String> jvmOptions = SHORT_LIFE_OPTIONS;
    private @Nullable Path addition;
    private @Nullable Process process;

    /**
     * A service, not yet started.
     *
     * @param name for messages and the log's file name
     * @param jar the executable jar
     * @param arguments its arguments, in which {@code {port}} stands for the port; where none has it, {@code --server.port} is
     *     added
     * @param environment more environment variables
     */
    public ServiceProcess(String name, Path jar, List<String> arguments, Map<String, String> environment) {
        this(name, jar, arguments, environment, Path.of("target"));
    }

    /**
     * A service, not yet started, that logs into a folder.
     *
     * @param name for messages and the log's file name
     * @param jar the executable jar
     * @param arguments as above
     * @param environment more environment variables
     * @param logs the folder of the log
     */
    public ServiceProcess(String name, Path jar, List<String> arguments, Map<String, String> environment, Path logs) {
        this.name = name;
        this.jar = jar;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.port = FreePort.find();
        this.managementPort = FreePort.find();
        this.log = logs.resolve(name + "-" + port + ".log");
    }

    /**
     * Takes other options for the JVM than those that make a short life cheap.
     *
     * @param options such as {@code -Xmx256m}
     */
    public ServiceProcess jvmOptions(List<String> options) {
        jvmOptions = List.copyOf(options);
        return this;
    }

    /**
     * Adds classes to those of the service, which it finds before its own.
     *
     * @param jarOrFolder of the classes; what they need must be in the service
     */
    public ServiceProcess adding(Path jarOrFolder) {
        addition = jarOrFolder;
        return this;
    }

    /** Has management on the port of the API, as the standalone has it. */
    public ServiceProcess onOnePort() {
        managementPort = port;
        return this;
    }

    /** Starts the process and returns at once. */
    public ServiceProcess start() {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar.toAbsolutePath() + " is missing: run the tests by ./mvnw verify");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        if (addition == null) {
            command.addAll(TrainedJar.launch(jar));
        } else {
            command.addAll(List.of("-Dloader.path=" + addition, "-cp", jar.toString(), PROPERTIES_LAUNCHER));
        }
        arguments.forEach(argument -> command.add(argument.replace(PORT, String.valueOf(port))));
        if (arguments.stream().noneMatch(argument -> argument.contains(PORT))) {
            command.add("--server.port=" + port);
        }
        if (managementPort != port) {
            command.add("--management.server.port=" + managementPort);
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Open, and therefore on loopback, unless a test or its arguments say otherwise.
        builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
        builder.environment().put("WAGER_SECURITY_MODE", "none");
        builder.environment().putAll(environment);
        try {
            process = ChildProcesses.endWithThisJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until the service says that it is ready. */
    public ServiceProcess awaitReady() {
        await(name + " to be ready, see " + log.toAbsolutePath())
                .atMost(START_DEADLINE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process().isAlive()) {
                        throw new IllegalStateException(
                                name + " ended with " + process().exitValue() + ", see " + log.toAbsolutePath());
                    }
                    return isReady();
                });
        return this;
    }

    /** Whether the service answers that it is ready. */
    public boolean isReady() {
        try {
            var request = HttpRequest.newBuilder(uri("/readyz"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All that the process, and those that it was before, have written. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /** What processor time the process has had so far, on all cores together. */
    public Duration cpuTime() {
        return process().toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Ends the process as kill -9 does, and waits until it is gone. */
    public void kill() {
        process().destroyForcibly();
        awaitExit();
    }

    /** Ends the process as SIGTERM does, and waits until it is gone. */
    public int stop() {
        process().destroy();
        awaitExit();
        return process().exitValue();
    }

    /** Stops the process where it is, as a long pause of its JVM or its machine does, until {@link #thaw}. */
    public void freeze() {
        Signals.freeze(process().toHandle());
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        Signals.thaw(process().toHandle());
    }

    /**
     * Writes down what all of its threads do, the virtual ones as well.
     *
     * @param file takes it, as text
     */
    public void dumpThreads(Path file) throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process().pid()),
                        "Thread.dump_to_file",
                        "-overwrite",
                        file.toAbsolutePath().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start()
                .waitFor(30, TimeUnit.SECONDS);
    }

    /** The port on loopback where the service answers. */
    public int port() {
        return port;
    }

    /** Where the service answers. */
    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    /** Where the service answers operators: health in full, metrics, info. */
    public URI managementUri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + managementPort + pathAndQuery);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private void awaitExit() {
        try {
            if (!process().waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end, see " + log.toAbsolutePath());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }
}
