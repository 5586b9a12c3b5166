package io.wager.rabbitmq;

import io.wager.core.messaging.MessageSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** A running listener container. */
final class RabbitSubscription implements MessageSource.Subscription {

    private final SimpleMessageListenerContainer container;
    private final BatchListener listener;
    private final Consumer<RabbitSubscription> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    RabbitSubscription(
            SimpleMessageListenerContainer container, BatchListener listener, Consumer<RabbitSubscription> onClose) {
        this.container = container;
        this.listener = listener;
        this.onClose = onClose;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.stopRetrying();
            container.destroy();
            onClose.accept(this);
        }
    }
}
