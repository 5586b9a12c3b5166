package io.wager.standalone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the standalone is started.
 *
 * @param port the TCP port on the loopback interface, 1 to 65535
 * @param data the folder that everything is kept in, absolute
 * @param properties Spring Boot's command line properties, such as {@code --wager.ingest.batch-size=100}
 */
record StartOptions(int port, Path data, List<String> properties) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    StartOptions {
        properties = List.copyOf(properties);
    }

    /** Reads {@code --port N}, {@code --data DIR} (or with {@code =}) and passes on what has a dot in its name. */
    static StartOptions parse(String... arguments) throws StartFailed {
        var port = DEFAULT_PORT;
        var data = Path.of("data");
        List<String> properties = new ArrayList<>();
        for (var i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.equals("--port") || name.equals("--data")) {
                if (equals < 0 && i + 1 == arguments.length) {
                    throw usage(name + " needs a value");
                }
                var value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
                if (name.equals("--port")) {
                    port = port(value);
                } else {
                    data = Path.of(value);
                }
            } else if (name.startsWith("--") && name.contains(".") && equals > 0) {
                properties.add(argument);
            } else {
                throw usage("does not know " + argument);
            }
        }
        return new StartOptions(port, data.toAbsolutePath().normalize(), properties);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private static int port(String text) throws StartFailed {
        try {
            var port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw usage("--port must be a number from 1 to " + MAX_PORT + ", not " + text);
        }
        throw usage("--port must be a number from 1 to " + MAX_PORT + ", not " + text);
    }

    private static StartFailed usage(String problem) {
        return new StartFailed(
                WagerCommand.usageExitCode(),
                problem + ". Usage: ./wager [start] [--port N] [--data DIR] [--some.property=value], or ./wager help");
    }
}
