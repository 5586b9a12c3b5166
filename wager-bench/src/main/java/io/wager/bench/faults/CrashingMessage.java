package io.wager.bench.faults;

import io.wager.bench.rig.Node;
import io.wager.bench.rig.Rig;
import io.wager.bench.traffic.PoisonPublisher;
import io.wager.core.messaging.Topology;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A message that ends whatever process stores it. The database holds the insert of it, this kills the consumer whose insert that
 * is, and so on with the next that gets the message, until the broker's delivery limit makes it a dead letter. Whoever happened
 * to be delivered beside it must not become one.
 */
final class CrashingMessage {

    private static final int POLL_MILLIS = 50;
    /** The limit, the first delivery, and as many again for deliveries that ended before the message was in hand. */
    private static final int MOST_CRASHES = 2 * (Topology.DELIVERY_LIMIT + 1);
    /** No crash for so long: longer than any outage that another fault makes meanwhile. */
    private static final int QUIET_POLLS = 6_000;

    private CrashingMessage() {}

    static void inject(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        var messageId = PoisonPublisher.publishCrashing(rig, scene.ledger(), random);
        var crashes = 0;
        for (var quiet = 0; quiet < QUIET_POLLS; quiet++) {
            var victim = crashing(rig);
            if (victim.isPresent()) {
                victim.get().kill();
                rig.releaseCrashing();
                victim.get().process().start();
                crashes++;
                quiet = 0;
            }
            if (crashes > MOST_CRASHES) {
                throw new IllegalStateException("a message crashes consumers for ever: " + crashes);
            }
            if (rig.isArchived(messageId)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("a message that crashed consumers " + crashes + " times is no dead letter");
    }

    private static Optional<Node> crashing(Rig rig) {
        var user = rig.crashingUser();
        return rig.consumers().stream()
                .filter(node -> rig.user(node).equalsIgnoreCase(user))
                .findFirst();
    }
}
