package io.wager.consumer;

import io.wager.rabbitmq.RabbitTransportConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/**
 * Everything of the consumer: imported by its own application and by the standalone. The transport is whatever stands behind
 * the core's ports; RabbitMQ unless {@code wager.messaging.transport} says otherwise.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        // Both services may share a context, in which short class names would meet.
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = WagerConsumerApplication.class))
@ConfigurationPropertiesScan
@Import(RabbitTransportConfiguration.class)
public class WagerConsumerConfiguration {}
