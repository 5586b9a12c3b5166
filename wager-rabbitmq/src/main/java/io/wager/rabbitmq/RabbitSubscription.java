package io.wager.rabbitmq;

import io.wager.core.messaging.MessageSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** Running listener containers with one listener. */
final class RabbitSubscription implements MessageSource.Subscription {

    private final List<SimpleMessageListenerContainer> containers;
    private final BatchListener listener;
    private final Consumer<RabbitSubscription> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    RabbitSubscription(
            List<SimpleMessageListenerContainer> containers,
            BatchListener listener,
            Consumer<RabbitSubscription> onClose) {
        this.containers = List.copyOf(containers);
        this.listener = listener;
        this.onClose = onClose;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.stopRetrying();
            // All at once: they have the shutdown timeout together. Ends when the last has.
            try (var closing = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("wager-consume-close-", 0).factory())) {
                containers.forEach(container -> closing.execute(container::destroy));
            }
            onClose.accept(this);
        }
    }
}
