package io.wager.bench.faults;

import io.wager.bench.rig.NetworkProxy.Direction;
import io.wager.bench.rig.Node;
import io.wager.bench.rig.Rig;
import io.wager.core.messaging.Topology;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What can happen to the system while clients post. Each is injected for a seeded while and then healed, as far as that is not
 * the product's own part: services that were killed are started again, connections are left to come back by themselves.
 */
public enum Fault {
    /** kill -9 while a batch is in its transaction. */
    CONSUMER_KILLED_BEFORE_COMMIT(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.consumers(), random, node -> {
                rig.setInserts(false, 5);
                pause(random, 400, 1_200);
                node.kill();
                rig.setInserts(false, 0);
                restart(node, random);
            });
        }
    },
    /** kill -9 after batches were committed whose acknowledgements the broker has not got. */
    CONSUMER_KILLED_AFTER_COMMIT(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.consumers(), random, node -> {
                node.toBroker().hold(Direction.TO_SERVER);
                pause(random, 300, 1_500);
                node.kill();
                restart(node, random);
            });
        }
    },
    /** kill -9 at any moment. */
    CONSUMER_KILLED(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.consumers(), random, node -> {
                node.kill();
                restart(node, random);
            });
        }
    },
    /** SIGTERM under load. */
    CONSUMER_STOPPED(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.consumers(), random, node -> {
                node.process().stop();
                restart(node, random);
            });
        }
    },
    /** A pause of the whole process, long enough for the broker to miss its heartbeats now and then. */
    CONSUMER_FROZEN(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.consumers(), random, node -> {
                node.process().freeze();
                pause(random, 1_000, 30_000);
                node.process().thaw();
            });
        }
    },
    /** kill -9 between publishing and the confirms. */
    API_KILLED_BEFORE_CONFIRM(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.apis(), random, node -> {
                node.toBroker().hold(Direction.TO_CLIENT);
                pause(random, 200, 1_000);
                node.kill();
                restart(node, random);
            });
        }
    },
    /** kill -9 after the confirms, with the answers not yet with the clients. */
    API_KILLED_BEFORE_ANSWER(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.apis(), random, node -> {
                node.fromClients().hold(Direction.TO_CLIENT);
                pause(random, 200, 1_000);
                node.kill();
                restart(node, random);
            });
        }
    },
    /** SIGTERM under load. */
    API_STOPPED(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.apis(), random, node -> {
                node.process().stop();
                restart(node, random);
            });
        }
    },
    /** Connections between a service and the broker are lost with what is on them. */
    CONNECTIONS_LOST(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.nodes(), random, node -> {
                node.toBroker().hold(random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT);
                pause(random, 100, 2_000);
                node.toBroker().cut();
            });
        }
    },
    /** The broker is silent towards a service, with its connections open. */
    BROKER_SILENT(Target.SERVICES) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            onOne(rig.nodes(), random, node -> {
                node.toBroker().hold(Direction.TO_CLIENT);
                pause(random, 1_000, 12_000);
                node.toBroker().release();
            });
        }
    },
    /** kill -9 of the broker with confirms and acknowledgements outstanding. */
    BROKER_KILLED(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.broker().kill();
            pause(random, 500, 5_000);
            rig.broker().start();
        }
    },
    /** The queue's binding is gone: messages are unroutable. */
    QUEUE_UNBOUND(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            try (var connection = rig.connectToBroker();
                    var channel = connection.createChannel()) {
                channel.queueUnbind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY);
                pause(random, 1_000, 4_000);
                channel.queueBind(Topology.WAGER_QUEUE, Topology.WAGER_EXCHANGE, Topology.WAGER_ROUTING_KEY);
            }
        }
    },
    /** The queue is full: the broker refuses messages. */
    QUEUE_FULL(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.setInserts(false, 20);
            rig.broker()
                    .rabbitmqctl(
                            "set_policy", "--apply-to", "queues", "full", "^wagers\\.casino$", "{\"max-length\":10}");
            pause(random, 1_000, 4_000);
            rig.setInserts(false, 0);
            rig.broker().rabbitmqctl("clear_policy", "full");
        }
    },
    /** The broker blocks publishing by an alarm. */
    BROKER_ALARM(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.broker().rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB");
            pause(random, 1_000, 5_000);
            rig.broker().rabbitmqctl("set_vm_memory_high_watermark", "absolute", "2GB");
        }
    },
    /** kill -9 of the database, which stays away. */
    DATABASE_KILLED(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.database().kill();
            pause(random, 500, 20_000);
            rig.database().start();
        }
    },
    /** kill -9 of the database, which stays away for a minute or two: long enough for every timeout and backoff to run out. */
    DATABASE_AWAY_FOR_MINUTES(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.database().kill();
            pause(random, 60_000, 120_000);
            rig.database().start();
        }
    },
    /** The database is silent, with its connections open. */
    DATABASE_FROZEN(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.database().freeze();
            pause(random, 500, 10_000);
            rig.database().thaw();
        }
    },
    /** Each insert takes its time. */
    DATABASE_SLOW(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.setInserts(false, 1 + random.nextInt(20));
            pause(random, 2_000, 6_000);
            rig.setInserts(false, 0);
        }
    },
    /** Every insert is refused since the database is read-only. */
    DATABASE_READ_ONLY(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            rig.setInserts(true, 0);
            pause(random, 1_000, 8_000);
            rig.setInserts(false, 0);
        }
    },
    /** Somebody else's transactions lock players in the opposite order, and keep them locked. */
    DATABASE_DEADLOCKING(Target.SURROUNDINGS) {
        @Override
        void inject(Rig rig, Random random) throws Exception {
            try (var connection = rig.connect()) {
                connection.setAutoCommit(false);
                for (var round = 0; round < 5; round++) {
                    lockPlayersDownwards(connection, random);
                }
            }
        }
    };

    private static final int LONGEST_AWAY_MILLIS = 4_000;
    private static final int PLAYERS_LOCKED = 100;

    private final Target target;

    Fault(Target target) {
        this.target = target;
    }

    /** What a fault takes in hand: of each target one fault at a time, and both at once. */
    enum Target {
        /** The product's own processes and their connections. */
        SERVICES,
        /** Broker and database. */
        SURROUNDINGS
    }

    /** Injects the fault, and returns when it is healed. */
    abstract void inject(Rig rig, Random random) throws Exception;

    /** What it takes in hand. */
    Target target() {
        return target;
    }

    /** For people and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void onOne(List<Node> nodes, Random random, NodeFault fault) throws Exception {
        fault.on(nodes.get(random.nextInt(nodes.size())));
    }

    private static void restart(Node node, Random random) throws InterruptedException {
        pause(random, 0, LONGEST_AWAY_MILLIS);
        node.process().start();
    }

    /** The faults' only clock: how long one lasts follows from the seed. */
    private static void pause(Random random, int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
    }

    private static void lockPlayersDownwards(Connection connection, Random random)
            throws SQLException, InterruptedException {
        List<byte[]> players = new ArrayList<>();
        try (var statement = connection.prepareStatement(
                "SELECT account_id FROM player ORDER BY account_id DESC FETCH FIRST ? ROWS ONLY")) {
            statement.setInt(1, PLAYERS_LOCKED);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    players.add(rows.getBytes(1));
                }
            }
        }
        try (var lock =
                connection.prepareStatement("SELECT total_amount FROM player WHERE account_id = ? FOR UPDATE")) {
            for (var player : players) {
                lock.setBytes(1, player);
                lock.executeQuery().close();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(10));
            }
            pause(random, 100, 2_500);
        } catch (SQLException deadlock) {
            // Ours was the transaction that the database chose; the consumers go on.
            connection.rollback();
            return;
        }
        connection.rollback();
    }

    @FunctionalInterface
    private interface NodeFault {
        void on(Node node) throws Exception;
    }
}
