package io.wager.bench.faults;

import static io.wager.bench.faults.Pauses.pause;

import io.wager.bench.rig.NetworkProxy;
import io.wager.bench.rig.NetworkProxy.Direction;
import io.wager.bench.rig.Node;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What happens to the processes of the product, and to their connections. */
final class ServiceFaults {

    private static final int LONGEST_AWAY_MILLIS = 4_000;

    private ServiceFaults() {}

    static void killConsumerBeforeCommit(Scene scene, Random random) throws Exception {
        var rig = scene.rig();
        end(rig.consumers(), random, node -> {
            rig.setInserts(false, 5);
            pause(random, 400, 1_200);
            node.kill();
            rig.setInserts(false, 0);
        });
    }

    static void killConsumerAfterCommit(Scene scene, Random random) throws Exception {
        end(scene.rig().consumers(), random, node -> {
            node.toBroker().hold(Direction.TO_SERVER);
            pause(random, 300, 1_500);
            node.kill();
        });
    }

    static void killConsumer(Scene scene, Random random) throws Exception {
        end(scene.rig().consumers(), random, Node::kill);
    }

    static void stopConsumer(Scene scene, Random random) throws Exception {
        end(scene.rig().consumers(), random, node -> node.process().stop());
    }

    static void freezeConsumer(Scene scene, Random random) throws Exception {
        var node = one(scene.rig().consumers(), random);
        node.process().freeze();
        pause(random, 1_000, 30_000);
        node.process().thaw();
    }

    static void killApiBeforeConfirm(Scene scene, Random random) throws Exception {
        killApiHeld(scene, random, Node::toBroker);
    }

    static void killApiBeforeAnswer(Scene scene, Random random) throws Exception {
        killApiHeld(scene, random, Node::fromClients);
    }

    private static void killApiHeld(Scene scene, Random random, Function<Node, NetworkProxy> held) throws Exception {
        end(scene.rig().apis(), random, node -> {
            held.apply(node).hold(Direction.TO_CLIENT);
            pause(random, 200, 1_000);
            node.kill();
        });
    }

    static void stopApi(Scene scene, Random random) throws Exception {
        end(scene.rig().apis(), random, node -> node.process().stop());
    }

    static void loseConnections(Scene scene, Random random) throws Exception {
        var node = one(scene.rig().nodes(), random);
        node.toBroker().hold(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT);
        pause(random, 100, 2_000);
        node.toBroker().cut();
    }

    static void silenceBroker(Scene scene, Random random) throws Exception {
        var node = one(scene.rig().nodes(), random);
        node.toBroker().hold(Direction.TO_CLIENT);
        pause(random, 1_000, 12_000);
        node.toBroker().release();
    }

    private static Node one(List<Node> nodes, Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** Ends one of the processes, and starts it again after a while. */
    private static void end(List<Node> nodes, Random random, Ending ending) throws Exception {
        var node = one(nodes, random);
        ending.end(node);
        pause(random, 0, LONGEST_AWAY_MILLIS);
        node.process().start();
    }

    /** Ends a process. */
    @FunctionalInterface
    private interface Ending {
        void end(Node node) throws Exception;
    }
}
