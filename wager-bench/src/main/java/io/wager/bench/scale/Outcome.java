package io.wager.bench.scale;

/**
 * What a simulated site did.
 *
 * @param storedPerSecond wagers
 * @param depthAtEnd messages that wait; a site that can't keep up has ever more of them
 * @param acceptP99Millis from a request's arrival to its answer
 * @param queryableP50Millis from a request's answer to its wagers' commit, of those that were committed
 * @param queryableP99Millis the same
 * @param api the share of the cores' time that was used; of a shared machine, all of it
 * @param broker the same of the brokers, on average
 * @param consumer the same of the consumers
 * @param database the same of the databases, on average
 */
public record Outcome(
        double storedPerSecond,
        long depthAtEnd,
        double acceptP99Millis,
        double queryableP50Millis,
        double queryableP99Millis,
        double api,
        double broker,
        double consumer,
        double database) {}
