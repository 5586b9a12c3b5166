package io.wager.consumer;

import io.wager.service.tls.DatabaseTls;
import io.wager.service.validation.ValidationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/** Everything of the consumer but the transport. A process imports it to store wagers. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        // Both services may share a context, in which short class names would meet.
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = WagerConsumerApplication.class))
@ConfigurationPropertiesScan
@EnableConfigurationProperties(ValidationProperties.class)
@Import(DatabaseTls.class)
public class WagerConsumerConfiguration {}
