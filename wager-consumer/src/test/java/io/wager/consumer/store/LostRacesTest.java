package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LostRacesTest {

    private final SQLException duplicate = new SQLException("made up", "23000", 2627);

    private final LostRaces races = new LostRaces();

    @Test
    void rowsThatLoseAgainAndAgainDoNotRace() {
        lose(List.of("a", "b"));

        assertThat(races.kindOf(duplicate, List.of("a", "b"))).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void theHalvesOfWhatHasLostTooOftenAreNotTriedAsOftenAgain() {
        lose(List.of("a", "b"));

        assertThat(races.kindOf(duplicate, List.of("b"))).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aRowThatWasStoredHasLostNothing() {
        lose(List.of("a", "b"));

        races.won(List.of("a"));

        assertThat(races.kindOf(duplicate, List.of("a", "b"))).isEqualTo(Kind.CONTENTION);
        assertThat(races.kindOf(duplicate, List.of("b"))).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void whatIsNoDuplicateKeyIsWaitedOutForAsLongAsItLasts() {
        var deadlock = new SQLException("made up", "40001", 1205);

        assertThat(IntStream.range(0, 10 * LostRaces.MOST).mapToObj(i -> races.kindOf(deadlock, List.of("a"))))
                .containsOnly(Kind.CONTENTION);
    }

    private void lose(List<String> rows) {
        assertThat(IntStream.range(0, LostRaces.MOST).mapToObj(i -> races.kindOf(duplicate, rows)))
                .containsOnly(Kind.CONTENTION);
    }
}
