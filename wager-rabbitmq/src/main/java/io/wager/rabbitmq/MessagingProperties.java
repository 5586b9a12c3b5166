package io.wager.rabbitmq;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the services do to the broker.
 *
 * @param declareTopology whether exchanges, queues and bindings are declared on every connect. Off where an operator imports
 *     them and the accounts may not configure anything
 */
@Validated
@ConfigurationProperties("wager.messaging")
public record MessagingProperties(@DefaultValue("true") boolean declareTopology) {}
