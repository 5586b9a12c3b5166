package io.wager.bench.speed.http;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.wager.bench.speed.Measurements.Point;
import io.wager.core.messaging.Topology;
import io.wager.testkit.RabbitMqServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks four times a second how many wagers wait in the queue for a consumer, from when it is made until it is closed. */
final class QueueDepth implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin = System.nanoTime();
    private final Connection connection;
    private final Channel channel;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("depth").factory());
    private final Future<?> looking;
    private final List<Point> points = new CopyOnWriteArrayList<>();

    QueueDepth(RabbitMqServer broker) throws IOException, TimeoutException {
        connection = broker.connectionFactory().newConnection("wager-bench");
        channel = connection.createChannel();
        looking = clock.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var waiting = channel.messageCount(Topology.WAGER_QUEUE);
            points.add(new Point((System.nanoTime() - begin) / NANOS_PER_SECOND, waiting));
        } catch (IOException gone) {
            throw new IllegalStateException("the broker does not tell how deep its queue is", gone);
        }
    }

    /** Over seconds since this was made. */
    List<Point> points() {
        if (looking.state() == Future.State.FAILED) {
            throw new IllegalStateException("the depth was not seen to the end", looking.exceptionNow());
        }
        return List.copyOf(points);
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        clock.close();
        connection.close();
    }
}
