package io.wager.bench.faults;

import io.wager.bench.traffic.Clients;
import io.wager.bench.traffic.LargeWagers;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * More of the largest wagers at once than the memory of an instance holds, as singles and as batches, until each is accepted: by the
 * API, by the broker, by whoever stores them.
 */
final class LargeBodies {

    private static final int CLIENTS = 60;
    private static final int WAGERS = 400;
    private static final int UNHURRIED = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private LargeBodies() {}

    static void inject(Scene scene, Random random) throws Exception {
        var apis = scene.rig().apis();
        var one = List.of(apis.get(random.nextInt(apis.size())));
        var wagers = new LargeWagers(random.nextLong(), WAGERS);
        try (var clients = new Clients(one, wagers, scene.ledger(), CLIENTS, UNHURRIED)) {
            clients.awaitEnd(PATIENCE);
        }
    }
}
