package io.wager.bench.traffic;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.wager.bench.rig.FailingInserts;
import io.wager.bench.rig.Rig;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.messaging.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Another publisher than ours, as there are in the field: puts messages that no consumer can read among the wagers, until the
 * broker has confirmed each. On a thread of its own.
 */
public final class PoisonPublisher implements AutoCloseable {

    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);
    private static final int PERSISTENT = 2;

    private final Rig rig;
    private final Ledger ledger;
    private final Duration interval;
    private final Random random;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts to publish.
     *
     * @param rig whose broker
     * @param ledger keeps what was published
     * @param interval between two messages
     * @param seed of what they say; another than that of the stream, whose ids it would draw as well
     */
    public PoisonPublisher(Rig rig, Ledger ledger, Duration interval, long seed) {
        this.rig = rig;
        this.ledger = ledger;
        this.interval = interval;
        random = new Random(seed);
        thread = Thread.ofVirtual().name("poison").start(this::publishAll);
    }

    /**
     * Publishes a valid wager that ends every consumer which stores it, until the broker has confirmed it.
     *
     * @param rig whose broker
     * @param ledger is told that it must become a dead letter
     * @param random of its id
     * @return its message id
     */
    public static String publishCrashing(Rig rig, Ledger ledger, Random random) throws InterruptedException {
        var id = new UUID(random.nextLong(), random.nextLong()).toString();
        var body = """
                {"wagerId":"%s","accountId":"%s","username":"%s","provider":"Crash","gameName":"Crash","amount":1,\
                "createdDateTime":"2026-01-01T00:00:00Z"}""".formatted(id, id, FailingInserts.CRASHING);
        var poison = new Poison(id, "delivery-limit", body, MessageHeaders.CURRENT_SCHEMA_VERSION);
        publish(rig, ledger, poison);
        return id;
    }

    /** Publishes nothing more, and waits until the message in hand is confirmed. */
    public void finish() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }

    /** Ends it at once. */
    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
    }

    private void publishAll() {
        try {
            while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                publish(rig, ledger, next());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Poison next() {
        var id = new UUID(random.nextLong(), random.nextLong()).toString();
        return switch (random.nextInt(3)) {
            case 0 -> new Poison(id, "undecodable", "{\"wagerId\":\"" + id, MessageHeaders.CURRENT_SCHEMA_VERSION);
            case 1 -> new Poison(id, "invalid", "{\"wagerId\":\"" + id + "\"}", MessageHeaders.CURRENT_SCHEMA_VERSION);
            default -> new Poison(id, "unsupported-version", "{\"wagerId\":\"" + id + "\",\"v\":2}", 99);
        };
    }

    private static void publish(Rig rig, Ledger ledger, Poison poison) throws InterruptedException {
        ledger.poisoning(poison.id(), poison.reason());
        while (!isConfirmed(rig, poison)) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static boolean isConfirmed(Rig rig, Poison poison) throws InterruptedException {
        try (Connection connection = rig.connectToBroker();
                Channel channel = connection.createChannel()) {
            var returned = new CountDownLatch(1);
            channel.addReturnListener(message -> returned.countDown());
            channel.confirmSelect();
            channel.basicPublish(
                    Topology.WAGERS.exchange(),
                    Topology.WAGERS.routingKey(),
                    true,
                    new AMQP.BasicProperties.Builder()
                            .messageId(poison.id())
                            .type(MessageHeaders.WAGER_TYPE)
                            .contentType(MessageHeaders.JSON)
                            .deliveryMode(PERSISTENT)
                            .headers(Map.of(MessageHeaders.SCHEMA_VERSION, poison.version()))
                            .build(),
                    poison.body().getBytes(StandardCharsets.UTF_8));
            // A return comes before its confirm.
            return channel.waitForConfirms(CONFIRM_TIMEOUT.toMillis()) && returned.getCount() > 0;
        } catch (IOException | TimeoutException | RuntimeException doubt) {
            return false;
        }
    }

    private record Poison(String id, String reason, String body, int version) {}
}
