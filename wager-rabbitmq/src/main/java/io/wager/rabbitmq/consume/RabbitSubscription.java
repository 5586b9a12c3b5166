package io.wager.rabbitmq.consume;

import io.wager.core.messaging.MessageSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The running lanes of one subscription. */
final class RabbitSubscription implements MessageSource.Subscription {

    private final Lane.Surroundings surroundings;
    private final List<Lane> lanes;
    private final Duration shutdownTimeout;
    private final Consumer<RabbitSubscription> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    RabbitSubscription(
            Lane.Surroundings surroundings,
            List<Lane> lanes,
            Duration shutdownTimeout,
            Consumer<RabbitSubscription> onClose) {
        this.surroundings = surroundings;
        this.lanes = List.copyOf(lanes);
        this.shutdownTimeout = shutdownTimeout;
        this.onClose = onClose;
    }

    void start() {
        surroundings.budget().share(lanes.size());
        surroundings.desk().start();
        lanes.forEach(Lane::start);
    }

    @Override
    public boolean isWorking() {
        return closed.get()
                || (surroundings.connection().isKept()
                        && surroundings.desk().isAlive()
                        && lanes.stream().allMatch(Lane::isAlive));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        surroundings.desk().stop();
        surroundings.runner().stop();
        // All at once: they have the shutdown timeout together.
        var deadline = System.nanoTime() + shutdownTimeout.toNanos();
        lanes.forEach(lane -> lane.stop(deadline));
        try {
            for (var lane : lanes) {
                lane.awaitEnd();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            surroundings.desk().close();
            surroundings.budget().share(-lanes.size());
            onClose.accept(this);
        }
    }
}
