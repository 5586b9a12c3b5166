package io.wager.bench.speed.http;

import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * RabbitMQ's own PerfTest, publishing into the very queue and through the very exchange that the API publishes to: persistent,
 * mandatory, under confirms, messages of the same size with the same properties. Used by one thread.
 */
final class PerfTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // A second's line: "..., time 3.000 s, sent: 41234 msg/s, returned: 0 msg/s, confirmed: 41000 msg/s, ..."
    private static final Pattern CONFIRMED = Pattern.compile("confirmed: ([0-9]+) msg/s");

    // As many channels as the API publishes on, and the window with which it was fastest.
    private static final String PRODUCERS = "1";
    private static final String WINDOW = "5000";

    private static final String PROPERTIES = String.join(
            ",",
            "messageId=01234567-89ab-cdef-0123-456789abcdef",
            "type=" + MessageHeaders.WAGER_TYPE,
            "contentType=" + MessageHeaders.JSON,
            "correlationId=0123456789abcdef0123456789abcdef",
            "timestamp=2026-01-01T00:00:00-00:00",
            MessageHeaders.SCHEMA_VERSION + "=" + MessageHeaders.CURRENT_SCHEMA_VERSION,
            MessageHeaders.TRACEPARENT + "=00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");

    private final Path folder;
    private final URI broker;
    private final int size;

    /**
     * A limit.
     *
     * @param folder for its logs
     * @param broker with the topology of the product
     * @param size of a message's body in bytes
     */
    PerfTest(Path folder, URI broker, int size) {
        this.folder = folder;
        this.broker = broker;
        this.size = size;
    }

    /**
     * Publishes as fast as it goes.
     *
     * @param name of its log
     * @param warmUpSeconds which do not count
     * @param seconds which do
     * @return confirmed messages per second
     */
    double run(String name, int warmUpSeconds, int seconds) throws IOException, InterruptedException {
        var log = folder.resolve(name + "-perftest.log");
        JavaProcess.run(
                log,
                PATIENCE.plusSeconds(warmUpSeconds + seconds),
                List.of("-Xmx512m"),
                "com.rabbitmq.perf.PerfTest",
                "--uri",
                broker.toString(),
                "--predeclared",
                "--exchange",
                Topology.WAGER_EXCHANGE,
                "--type",
                "topic",
                "--routing-key",
                Topology.WAGER_ROUTING_KEY,
                "--queue",
                Topology.WAGER_QUEUE,
                "--flag",
                "persistent",
                "--flag",
                "mandatory",
                "--message-properties",
                PROPERTIES,
                "--size",
                Integer.toString(size),
                "--producers",
                PRODUCERS,
                "--consumers",
                "0",
                "--confirm",
                WINDOW,
                "--time",
                Integer.toString(warmUpSeconds + seconds));
        return rate(Files.readString(log), warmUpSeconds);
    }

    /** The mean of the seconds that count. The last line may stand for a part of a second, but is a rate as well. */
    static double rate(String output, int warmUpSeconds) {
        return CONFIRMED
                .matcher(output)
                .results()
                .skip(warmUpSeconds)
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .average()
                .orElseThrow(() -> new IllegalStateException("PerfTest told of no confirms"));
    }
}
