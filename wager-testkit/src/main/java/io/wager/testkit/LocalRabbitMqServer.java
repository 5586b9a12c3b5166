package io.wager.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A {@code rabbitmq-server} of this machine as a process of our own: own node name, cookie, ports and folder, everything on
 * loopback. The Erlang port mapper that it starts is left running, since other nodes may have registered with it.
 */
final class LocalRabbitMqServer extends RabbitMqServer {

    private static final long STOP_PATIENCE_SECONDS = 30;
    private static final Duration NAMES_PATIENCE = Duration.ofSeconds(30);

    private final Path executable;
    private final String emulatorArguments;
    private final Path home;
    private final int port = FreePort.find();
    private final int tlsPort = FreePort.find();
    private final int distributionPort = FreePort.find();
    private final String node = "wager-" + UUID.randomUUID().toString().substring(0, 8) + "@localhost";

    private final TestAuthority authority = new TestAuthority("wager tests");

    private @Nullable Process process;

    LocalRabbitMqServer(Path executable, String emulatorArguments) {
        this.executable = executable;
        this.emulatorArguments = emulatorArguments;
        try {
            home = Files.createTempDirectory("wager-rabbitmq-");
            var cookie = home.resolve(".erlang.cookie");
            Files.writeString(cookie, UUID.randomUUID().toString());
            Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
            Files.writeString(home.resolve("enabled_plugins"), "[rabbitmq_auth_mechanism_ssl].\n");
            Files.writeString(authorityFile(), authority.pem());
            present(authority.issue("broker", "127.0.0.1"));
            // Small write-ahead files and a fixed memory limit, so that a node is cheap and its alarms are the tests'
            // own.
            Files.writeString(home.resolve("rabbitmq.conf"), """
                    listeners.tcp.1 = 127.0.0.1:%d
                    listeners.ssl.1 = 127.0.0.1:%d
                    ssl_options.cacertfile = %s
                    ssl_options.certfile = %s
                    ssl_options.keyfile = %s
                    ssl_options.verify = verify_peer
                    ssl_options.fail_if_no_peer_cert = false
                    auth_mechanisms.1 = PLAIN
                    auth_mechanisms.2 = EXTERNAL
                    ssl_cert_login_from = common_name
                    vm_memory_high_watermark.absolute = 2GB
                    disk_free_limit.absolute = 10MB
                    raft.wal_max_size_bytes = 64000000
                    log.console = false
                    log.file.level = info
                    """.formatted(
                            port, tlsPort, authorityFile(), certificateFile(), keyFile()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The start script, preferring the package's own to Debian's wrapper, which insists on the user rabbitmq. */
    static Optional<Path> findExecutable() {
        var folders = new ArrayList<String>(List.of("/usr/lib/rabbitmq/bin"));
        var path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        folders.addAll(List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/opt/rabbitmq/sbin"));
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "rabbitmq-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Path authorityFile() {
        return home.resolve("authority.pem");
    }

    private Path certificateFile() {
        return home.resolve("certificate.pem");
    }

    private Path keyFile() {
        return home.resolve("key.pem");
    }

    @Override
    int tlsPort() {
        return tlsPort;
    }

    @Override
    TestAuthority authority() {
        return authority;
    }

    @Override
    void present(TestAuthority.Issued certificate) {
        certificate.write(certificateFile(), keyFile());
        if (process != null) {
            // Else it keeps what it has read for two minutes.
            rabbitmqctl("eval", "ssl:clear_pem_cache().");
        }
    }

    @Override
    public URI uri() {
        return URI.create("amqp://guest:guest@127.0.0.1:" + port);
    }

    @Override
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        process = run(executable.toString());
        awaitConnections();
    }

    @Override
    public void kill() {
        if (process == null) {
            return;
        }
        awaitNamesOfQueues();
        // The script does not become the node: the node is a child of it.
        nodes(process).forEach(node -> {
            node.destroyForcibly();
            node.onExit().join();
        });
        process.destroyForcibly();
        awaitEnd(process);
    }

    /**
     * Waits until the names of the quorum queues are on disk. RabbitMQ before 4.0 writes them some seconds after the queue is
     * declared; a node that is killed in between starts the queue anew, without its messages and without a leader
     * (rabbitmq/ra#443). That is the broker's defect, and not what a test of ours that kills it is about.
     */
    private void awaitNamesOfQueues() {
        var folder = home.resolve("data").resolve(node).resolve("quorum").resolve(node);
        Awaitility.await("the names of the quorum queues to be written")
                .pollInterval(Duration.ofMillis(20))
                .atMost(NAMES_PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    try (var queues = Files.list(folder)) {
                        var names = Files.readString(folder.resolve("names.dets"), StandardCharsets.ISO_8859_1);
                        return queues.filter(Files::isDirectory)
                                .allMatch(queue ->
                                        names.contains(queue.getFileName().toString()));
                    }
                });
    }

    @Override
    public void stop() {
        if (process == null) {
            return;
        }
        // The node handles SIGTERM by stopping in order; the script ends with it.
        nodes(process).forEach(ProcessHandle::destroy);
        if (!awaitEnd(process)) {
            kill();
        }
    }

    @Override
    void discard() {
        stop();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String rabbitmqctl(String... arguments) {
        var command = Stream.concat(
                        Stream.of(executable.resolveSibling("rabbitmqctl").toString(), "-n", node, "-q"),
                        Stream.of(arguments))
                .toArray(String[]::new);
        try {
            var control = new ProcessBuilder(command).redirectErrorStream(true);
            control.environment().putAll(environment());
            var running = control.start();
            var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!awaitEnd(running) || running.exitValue() != 0) {
                throw new IllegalStateException("rabbitmqctl failed: " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process run(String... command) {
        try {
            var server = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("console.log").toFile());
            server.environment().putAll(environment());
            return server.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", home.toString()),
                Map.entry("RABBITMQ_NODENAME", node),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_CONF_ENV_FILE",
                        home.resolve("rabbitmq-env.conf").toString()),
                Map.entry(
                        "RABBITMQ_ADVANCED_CONFIG_FILE",
                        home.resolve("advanced.config").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        home.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", home.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", home.resolve("node.pid").toString()),
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-kernel inet_dist_use_interface {127,0,0,1} " + emulatorArguments),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
    }

    private static List<ProcessHandle> nodes(Process script) {
        return script.descendants()
                .filter(handle -> handle.info()
                        .command()
                        .filter(command -> command.contains("beam"))
                        .isPresent())
                .toList();
    }

    private static boolean awaitEnd(Process ending) {
        try {
            return ending.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
