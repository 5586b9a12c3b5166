package io.wager.bench.scale;

import java.time.Duration;

/**
 * How large a site has to be for a rate, by arithmetic: work that comes in a second over what a core does in a second, with
 * room to spare.
 *
 * @param rate wagers a second
 * @param wagersPerRequest on average
 * @param batchSize the most messages of a transaction
 * @param coresPerMachine of each broker and each database
 * @param share of the cores' time that shall be used, above 0 and at most 1; the rest is for peaks, repeats and repairs
 */
public record Sizing(double rate, int wagersPerRequest, int batchSize, int coresPerMachine, double share) {

    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final Duration BATCH_WAIT = Duration.ofMillis(20);

    /** The smallest site that has room. */
    public Site site(UnitCosts costs) {
        var brokerMicros = costs.publish() + costs.deliver();
        var rowMicros = costs.row() + costs.transaction() / batchSize;
        // One process of the broker leads a queue, so a queue has at most one core.
        var partitions = ceil(rate * brokerMicros);
        // A batch is in one hand from its delivery to its commit; that the next is prepared meanwhile is left as room.
        var consumers = Math.max(partitions, ceil(rate * (costs.deliver() + costs.consume() + rowMicros)));
        return new Site(
                false,
                ceil(rate * (costs.wager() + costs.request() / wagersPerRequest)),
                machines(rate * brokerMicros),
                coresPerMachine,
                partitions,
                ceil(rate * costs.consume()),
                consumers,
                machines(rate * rowMicros),
                coresPerMachine,
                batchSize,
                BATCH_WAIT);
    }

    /** What comes to it. */
    public Load load() {
        return new Load(rate, wagersPerRequest, 0);
    }

    private int ceil(double microsPerSecond) {
        return (int) Math.ceil(microsPerSecond / MICROS_PER_SECOND / share);
    }

    private int machines(double microsPerSecond) {
        return (int) Math.ceil(microsPerSecond / MICROS_PER_SECOND / share / coresPerMachine);
    }
}
