package io.wager.core.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsTest {

    /** Told by Python's zlib.crc32 of uuid.UUID(text).bytes: publishers that are not ours find the same. */
    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-0000-000000000000, 3971697493",
        "2c937b23-03ae-4110-90d5-47d055d89001, 3509377189",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 1068746266",
        "00000007-0000-0000-0000-000000000001, 3872357787"
    })
    void playersPartitionIsTheCrc32OfTheIdsBytes(UUID account, long crc) {
        for (var count : new int[] {1, 4, 7, 256}) {
            assertThat(Partitions.of(account, count)).isEqualTo((int) (crc % count));
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "7", "16", "256"})
    void playersAreSpreadEvenly(int count) {
        var random = new Random(7);
        var players = new int[count];

        IntStream.range(0, 1_000 * count)
                .forEach(i -> players[Partitions.of(new UUID(random.nextLong(), random.nextLong()), count)]++);

        assertThat(Arrays.stream(players).boxed()).allMatch(number -> number > 800 && number < 1_200);
    }

    @Test
    void partitionIsAddressedByItsNumber() {
        var account = UUID.fromString("2c937b23-03ae-4110-90d5-47d055d89001");

        assertThat(Partitions.destination(account, 7)).isEqualTo(new Destination("wagers", "casino.wager.3"));
        assertThat(Partitions.bindings(8).get(3))
                .isEqualTo(new Topology.Binding("wagers", "casino.wager.3", "wagers.casino.3"));
        assertThat(Partitions.bindings(8)).hasSize(8);
    }

    @Test
    void withoutPartitionsEverythingGoesToTheQueueThatIsAlwaysThere() {
        assertThat(Partitions.destination(new UUID(1, 2), 0)).isEqualTo(Topology.WAGERS);
        assertThat(Partitions.bindings(0)).isEmpty();
    }
}
