package io.wager.bench.faults;

import static io.wager.bench.faults.Pauses.pause;

import io.wager.core.messaging.Topology;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What happens to the broker. */
final class BrokerFaults {

    /** Each look may take seconds of a processor, which those that drain need. */
    private static final int POLL_MILLIS = 3_000;
    /** Far above what draining takes: the wait ends with the run, which then has not come to its end. */
    private static final int DRAIN_POLLS = 80;

    private BrokerFaults() {}

    static void kill(Scene scene, Random random) throws Exception {
        var broker = scene.rig().broker();
        broker.kill();
        pause(random, 500, 5_000);
        broker.start();
    }

    static void unbindQueue(Scene scene, Random random) throws Exception {
        try (var connection = scene.rig().connectToBroker();
                var channel = connection.createChannel()) {
            channel.queueUnbind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY);
            pause(random, 1_000, 4_000);
            channel.queueBind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY);
        }
    }

    static void fillQueue(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(false, 20);
        rig.broker()
                .rabbitmqctl("set_policy", "--apply-to", "queues", "full", "^wagers\\.casino$", "{\"max-length\":10}");
        pause(random, 1_000, 4_000);
        rig.setInserts(false, 0);
        rig.broker().rabbitmqctl("clear_policy", "full");
    }

    static void raiseAlarm(Scene scene, Random random) throws Exception {
        block(scene);
        pause(random, 1_000, 5_000);
        unblock(scene);
    }

    /** As a disk that filled up in an outage: only draining the queue ends the alarm, and the queue holds dead letters to be. */
    static void raiseAlarmUntilDrained(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        rig.setInserts(true, 0);
        pause(random, 2_000, 5_000);
        block(scene);
        rig.setInserts(false, 0);
        try {
            for (var poll = 0; rig.depth(Topology.WAGER_QUEUE) > 0; poll++) {
                if (poll == DRAIN_POLLS) {
                    throw new IllegalStateException(
                            "the queue is not drained under an alarm: " + rig.depth(Topology.WAGER_QUEUE));
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } finally {
            unblock(scene);
        }
    }

    private static void block(Scene scene) {
        scene.rig().broker().rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB");
    }

    private static void unblock(Scene scene) {
        scene.rig().broker().rabbitmqctl("set_vm_memory_high_watermark", "absolute", "2GB");
    }
}
