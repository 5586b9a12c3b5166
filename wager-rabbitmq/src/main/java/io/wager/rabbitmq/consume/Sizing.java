package io.wager.rabbitmq.consume;

/**
 * Chooses how many messages a channel asks for, by the sizes that came lately to its subscription. Since {@code basic.qos} counts
 * messages, the number is such that they take half of the channel's share of the budget at their mean size; the other half is for
 * what the mean does not tell. Safe for any thread.
 */
final class Sizing {

    /** So many messages outweigh what came before them. */
    private static final int MEMORY = 32;

    private double meanBytes;

    synchronized void came(long bytes) {
        meanBytes = meanBytes == 0 ? bytes : meanBytes + (bytes - meanBytes) / MEMORY;
    }

    /**
     * How many messages to ask for.
     *
     * @param share the channel's share of the budget, in bytes
     * @param most the most that may be asked for, from 1
     * @return 1 to {@code most}
     */
    synchronized int prefetch(long share, int most) {
        if (meanBytes == 0) {
            return most;
        }
        return (int) Math.clamp(share / 2.0 / meanBytes, 1, most);
    }
}
