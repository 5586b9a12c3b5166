package io.wager.standalone;

import io.wager.consumer.schema.SchemaGate;
import io.wager.standalone.key.FolderKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** The running standalone: the data folder, held, and the application on it. */
final class Standalone implements AutoCloseable {

    private static final int EXIT_CODE_FAILED = 1;
    private static final int EXIT_CODE_PORT_TAKEN = 69;

    private final StartOptions options;
    private final ConfigurableApplicationContext application;
    private final DataFolder folder;
    private final @Nullable String newKey;

    private Standalone(
            StartOptions options,
            ConfigurableApplicationContext application,
            DataFolder folder,
            @Nullable String newKey) {
        this.options = options;
        this.application = application;
        this.folder = folder;
        this.newKey = newKey;
    }

    /** Starts on a folder and a port that nobody else has, and returns when it takes wagers and answers reads. */
    static Standalone start(StartOptions options) throws StartFailed {
        requireFreePort(options.port());
        var folder = DataFolder.take(options.data());
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=" + options.port());
        arguments.add("--wager.data=" + options.data());
        String newKey = null;
        if (options.isSecure()) {
            var keys = keysIn(options.data());
            arguments.addAll(keys.properties());
            newKey = keys.newKey();
        }
        arguments.addAll(options.properties());
        var application = run(arguments);
        try {
            application.getBean(SchemaGate.class).ready().join();
        } catch (CompletionException e) {
            throw new StartFailed(
                    EXIT_CODE_FAILED,
                    "could not start: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
        return new Standalone(options, application, folder, newKey);
    }

    private static FolderKeys keysIn(Path data) throws StartFailed {
        try {
            return FolderKeys.in(data);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailed(
                    EXIT_CODE_FAILED, "can't use the keys in the data folder " + data + ": " + e.getMessage());
        }
    }

    private static ConfigurableApplicationContext run(List<String> arguments) throws StartFailed {
        try {
            return SpringApplication.run(StandaloneApplication.class, arguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw new StartFailed(EXIT_CODE_FAILED, "could not start. The output above has the cause.");
        }
    }

    private static void requireFreePort(int port) throws StartFailed {
        try (var socket = new ServerSocket()) {
            // As Tomcat does, or a port that a stopped server just left would look taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartFailed(
                    EXIT_CODE_PORT_TAKEN,
                    "port " + port + " is taken (" + e.getMessage()
                            + "). Stop what is there, or give another by --port.");
        }
    }

    long storedWagers() {
        return FirstScreen.storedWagers(application);
    }

    /** What a person who has just started it wants to know. */
    String firstScreen() {
        return FirstScreen.of(application, options, newKey);
    }

    @Override
    public void close() throws IOException {
        application.close();
        folder.close();
    }
}
