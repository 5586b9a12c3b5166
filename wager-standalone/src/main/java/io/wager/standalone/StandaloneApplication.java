package io.wager.standalone;

import io.wager.api.WagerApiConfiguration;
import io.wager.consumer.WagerConsumerConfiguration;
import io.wager.standalone.liveness.LivenessConfiguration;
import io.wager.standalone.queue.EmbeddedQueueConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.context.annotation.Import;

/** API and consumer in one context, on the embedded queue and an H2 file. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = RabbitAutoConfiguration.class)
@Import({
    WagerApiConfiguration.class,
    WagerConsumerConfiguration.class,
    EmbeddedQueueConfiguration.class,
    LivenessConfiguration.class
})
class StandaloneApplication {}
