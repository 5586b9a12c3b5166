package io.wager.rabbitmq.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SizingTest {

    private static final long SHARE = 8_000_000;
    private static final int MOST = 1_000;

    private final Sizing sizing = new Sizing();

    @Test
    void asksForTheMostOfSmallMessages() {
        assertThat(sizing.prefetch(SHARE, MOST)).isEqualTo(MOST);

        came(100, 1_900);

        assertThat(sizing.prefetch(SHARE, MOST)).isEqualTo(MOST);
    }

    @Test
    void asksForAsManyLargeOnesAsFitIntoHalfOfItsShare() {
        came(1, 400_000);

        assertThat(sizing.prefetch(SHARE, MOST)).isEqualTo(10);
    }

    @Test
    void followsAChangeOfSizesWithinTensOfMessages() {
        came(1_000, 1_900);
        came(64, 400_000);
        assertThat(sizing.prefetch(SHARE, MOST)).isBetween(10, 12);

        came(300, 1_900);
        assertThat(sizing.prefetch(SHARE, MOST)).isEqualTo(MOST);
    }

    @Test
    void asksForOneWhereNotEvenOneFits() {
        came(1, 100_000_000);

        assertThat(sizing.prefetch(SHARE, MOST)).isEqualTo(1);
    }

    private void came(int messages, long bytes) {
        for (var i = 0; i < messages; i++) {
            sizing.came(bytes);
        }
    }
}
