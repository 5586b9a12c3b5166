package io.wager.bench.scale;

/**
 * Requests that come at random, independently of each other.
 *
 * @param wagersPerSecond on average
 * @param wagersPerRequest 1 for singles
 * @param backlog messages that wait in the queues at the beginning
 */
public record Load(double wagersPerSecond, int wagersPerRequest, int backlog) {}
