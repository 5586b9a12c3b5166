package io.wager.core.messaging;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The partitions of {@link Topology#WAGER_QUEUE}, where there are any: {@code wagers.casino.0} and on, bound to {@link
 * Topology#WAGER_EXCHANGE} with {@code casino.wager.0} and on. All wagers of a player go to the same partition, and each partition has one
 * active consumer, so that at most one batch at a time changes a player's totals. This affects only speed: the store is right whichever
 * consumer has a wager. So it is harmless that a player's partition changes with the number of partitions.
 */
public final class Partitions {

    /** The largest number of partitions. */
    public static final int MOST = 256;

    private Partitions() {}

    /**
     * The partition of a player: the CRC-32 (that of zip and PNG) of the 16 bytes of the account's id, in the order of its text, as an
     * unsigned number, modulo the number of partitions. This is part of the messages' contract: other publishers of wagers must compute the
     * same.
     *
     * @param accountId the player
     * @param count how many partitions there are, 1 to {@value #MOST}
     * @return 0 to {@code count - 1}
     */
    public static int of(UUID accountId, int count) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(accountId.getMostSignificantBits())
                .putLong(accountId.getLeastSignificantBits())
                .flip();
        var crc = new CRC32();
        crc.update(bytes);
        return (int) (crc.getValue() % count);
    }

    /**
     * The destination of a player's wagers.
     *
     * @param accountId the player
     * @param count how many partitions there are, 0 to {@value #MOST}
     * @return the partition's address, or {@link Topology#WAGERS} if there are none
     */
    public static Destination destination(UUID accountId, int count) {
        return count == 0
                ? Topology.WAGERS
                : new Destination(Topology.WAGER_EXCHANGE, routingKey(of(accountId, count)));
    }

    /**
     * Every partition's binding, in the order of their numbers.
     *
     * @param count how many partitions there are, 0 to {@value #MOST}
     * @return one binding for each
     */
    public static List<Topology.Binding> bindings(int count) {
        return IntStream.range(0, count)
                .mapToObj(partition ->
                        new Topology.Binding(Topology.WAGER_EXCHANGE, routingKey(partition), queue(partition)))
                .toList();
    }

    /**
     * The queue of a partition.
     *
     * @param partition its number, from 0
     * @return its name
     */
    public static String queue(int partition) {
        return Topology.WAGER_QUEUE + "." + partition;
    }

    private static String routingKey(int partition) {
        return Topology.WAGER_ROUTING_KEY + "." + partition;
    }
}
