package io.wager.bench.verdict;

import io.wager.bench.rig.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * What the services count of themselves, summed over their instances.
 *
 * @param accepted wagers that the API answered 'accepted' for
 * @param stored rows that the consumers inserted
 * @param duplicates messages that had no further effect
 * @param dead messages that went to the dead letters
 */
public record Meters(long accepted, long stored, long duplicates, long dead) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Asks every instance. */
    public static Meters of(List<Node> nodes) throws IOException, InterruptedException {
        var all = new Meters(0, 0, 0, 0);
        for (var node : nodes) {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(node.process().managementUri("/actuator/prometheus"))
                            .build(),
                    BodyHandlers.ofString());
            var lines = answer.body().lines().toList();
            all = all.plus(new Meters(
                    sum(lines, "wager_api_wagers_total", "outcome=\"accepted\""),
                    sum(lines, "wager_ingest_stored_total", ""),
                    sum(lines, "wager_ingest_duplicates_total", ""),
                    sum(lines, "wager_ingest_dead_total", "")));
        }
        return all;
    }

    /** What was counted since. */
    public Meters since(Meters before) {
        return new Meters(
                accepted - before.accepted, stored - before.stored, duplicates - before.duplicates, dead - before.dead);
    }

    /** Whether everything accepted is accounted for; only while no instance was killed, and with empty queues. */
    public boolean areBalanced() {
        return accepted == stored + duplicates + dead;
    }

    private Meters plus(Meters other) {
        return new Meters(
                accepted + other.accepted, stored + other.stored, duplicates + other.duplicates, dead + other.dead);
    }

    private static long sum(List<String> lines, String meter, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(meter) && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
