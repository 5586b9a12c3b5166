package io.wager.bench.scale;

import java.time.Duration;

/**
 * The machines of a simulated site.
 *
 * @param isShared whether everything runs on one machine, whose cores are then {@code apiCores}
 * @param apiCores of all instances of the API together
 * @param brokers how many nodes have the queues' leaders
 * @param brokerCores of each of them
 * @param partitions how many queues the wagers are spread over
 * @param consumerCores of all consumers together
 * @param consumers how many batches are stored at once; each takes from queues of its own, or from one if there are fewer queues
 * @param databases how many shards there are
 * @param databaseCores of each
 * @param batchSize the most messages of a transaction
 * @param batchWait the longest that a batch which is not full waits
 */
public record Site(
        boolean isShared,
        int apiCores,
        int brokers,
        int brokerCores,
        int partitions,
        int consumerCores,
        int consumers,
        int databases,
        int databaseCores,
        int batchSize,
        Duration batchWait) {

    /** Everything on one machine, as {@code ./wager bench} has it. */
    public static Site ofOneMachine(int cores, int consumers, int batchSize, Duration batchWait) {
        return new Site(true, cores, 1, cores, 1, cores, consumers, 1, cores, batchSize, batchWait);
    }
}
