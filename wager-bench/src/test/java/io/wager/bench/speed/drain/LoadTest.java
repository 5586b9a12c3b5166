package io.wager.bench.speed.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.core.wager.Wager;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final Load load = new Load(5, 4_000);

    @Test
    void theRowsAreTheMessagesEachOnceInTheirOrder() {
        assertThat(load.messages().distinct().toList()).isEqualTo(load.rows());
    }

    @Test
    void oneMessageOfTwentyIsADuplicate() {
        var messages = load.messages().count();

        assertThat(messages - load.rows().size()).isBetween(195L, 200L);
        assertThat(load.rows()).extracting(Wager::wagerId).doesNotHaveDuplicates();
    }
}
