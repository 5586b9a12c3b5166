package io.wager.standalone;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a standalone is: the options that the commands which start one share. */
final class ServerOptions {

    private static final int MAX_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The TCP port on 127.0.0.1, 1 to 65535 (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The folder that everything is kept in (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    /** The options, checked, and properties. */
    StartOptions with(boolean isSecure, List<String> properties) {
        if (spec != null && (port < 1 || port > MAX_PORT)) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be a number from 1 to " + MAX_PORT + ", not " + port);
        }
        return new StartOptions(port, data.toAbsolutePath().normalize(), isSecure, properties);
    }
}
