package io.wager.standalone;

import java.nio.file.Path;
import java.util.List;

/**
 * How the standalone is started.
 *
 * @param port the TCP port on the loopback interface, 1 to 65535
 * @param data the folder that everything is kept in, absolute
 * @param isSecure whether access is controlled, by keys in the folder
 * @param properties Spring Boot's command line properties, such as {@code --wager.ingest.batch-size=100}
 */
record StartOptions(int port, Path data, boolean isSecure, List<String> properties) {

    /** Port 8080 and the folder {@code data}: what the help of the options says. */
    static final StartOptions DEFAULTS =
            new StartOptions(8080, Path.of("data").toAbsolutePath().normalize(), false, List.of());

    StartOptions {
        properties = List.copyOf(properties);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}
