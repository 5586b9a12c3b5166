package io.wager.testkit;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An H2 server as a process of its own, which can be killed, frozen and started again as a database that goes away. Used by
 * one thread at a time.
 */
public final class DatabaseProcess implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path logs;
    private final int megabytes;
    private final String classpath;
    private final int port = FreePort.find();
    private List<String> jvmOptions = List.of();
    private @Nullable Process process;

    /**
     * A server, not yet started.
     *
     * @param folder keeps its files
     * @param logs the folder of its log
     * @param megabytes of heap
     * @param onItsClasspath H2's {@code Server} or any other of its classes, and the classes that the database calls
     */
    public DatabaseProcess(Path folder, Path logs, int megabytes, List<Class<?>> onItsClasspath) {
        this.folder = folder;
        this.logs = logs;
        this.megabytes = megabytes;
        classpath = onItsClasspath.stream()
                .map(DatabaseProcess::locationOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Takes the JVM's options for a short life, rather than those that a measurement wants: the quick compiler only, and no threads
     * of a collector.
     *
     * @return this
     */
    public DatabaseProcess forShortLife() {
        jvmOptions = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return this;
    }

    /** Starts the server and waits until it takes connections. */
    public void start() {
        try {
            process = ChildProcesses.endWithThisJvm(new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            logs.resolve("h2-" + port + ".log").toFile()))
                    .start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await("the H2 server to take connections")
                .atMost(START_PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + megabytes + "m");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classpath, "org.h2.tools.Server", "-tcp", "-tcpPort", Integer.toString(port)));
        command.addAll(List.of("-ifNotExists", "-baseDir", folder.toString()));
        return command;
    }

    /** Ends the server as kill -9 does, and waits until it is gone. */
    public void kill() {
        if (process == null) {
            return;
        }
        try {
            if (!process.destroyForcibly().waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the H2 server does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the H2 server ends", interrupted);
        }
    }

    /** Stops the server where it is, with its connections open, until {@link #thaw}. */
    public void freeze() {
        Signals.freeze(running());
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        Signals.thaw(running());
    }

    /**
     * The database. It stays open without connections: one that closes as another client comes answers that it is closed
     * (90121). Each commit is on disk before it is answered, which writes all pages that were changed: so they are small.
     */
    public String url() {
        return url("wagers");
    }

    /**
     * A database of its own beside the others of this server, with the same settings.
     *
     * @param name of the database
     */
    public String url(String name) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/./" + name + ";WRITE_DELAY=0;PAGE_SIZE=4096;DB_CLOSE_DELAY=-1";
    }

    /**
     * The database for accounts that are no administrators. Its settings are kept from the first connection by {@link #url()}, since
     * nobody else may set them.
     */
    public String urlWithoutSettings() {
        var url = url();
        return url.substring(0, url.indexOf(';'));
    }

    @Override
    public void close() {
        kill();
    }

    private ProcessHandle running() {
        if (process == null) {
            throw new IllegalStateException("the H2 server was not started");
        }
        return process.toHandle();
    }

    private static String locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
