package io.wager.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyDiffTest {

    @Test
    void onlyWhatDiffersIsNamed() {
        var diff = of("{\"a\":1,\"b\":\"x\",\"gone\":true}", "{\"a\":2,\"b\":\"x\",\"new\":null}");

        assertThat(diff.comparable()).isTrue();
        assertThat(diff.changes()).extracting(BodyDiff.Change::pointer).containsExactly("/a", "/gone", "/new");
        assertThat(diff.changes().getFirst().from()).hasToString("1");
        assertThat(diff.changes().getFirst().to()).hasToString("2");
        assertThat(diff.changes().get(1).to()).isNull();
        assertThat(diff.changes().get(2).from()).isNull();
    }

    @Test
    void decimalsAreComparedByValueAndNeverRounded() {
        assertThat(of("{\"amount\":1.50}", "{\"amount\":1.5}").changes()).isEmpty();
        assertThat(of("{\"amount\":0.123456789012345678}", "{\"amount\":0.123456789012345679}")
                        .changes())
                .hasSize(1);
    }

    @Test
    void namesAreComparedInAnyLetterCase() {
        assertThat(of("{\"WagerId\":\"a\"}", "{\"wagerId\":\"a\"}").changes()).isEmpty();
    }

    @Test
    void pointersAreEscaped() {
        assertThat(of("{}", "{\"a/b~c\":1}").changes().getFirst().pointer()).isEqualTo("/a~1b~0c");
    }

    @Test
    void whatIsNoObjectIsNotCompared() {
        assertThat(of("not JSON", "{}").comparable()).isFalse();
        assertThat(of("{}", "[]").comparable()).isFalse();
        assertThat(of("{} {}", "{}").comparable()).isFalse();
        assertThat(of("", "{}").comparable()).isFalse();
    }

    private static BodyDiff of(String from, String to) {
        return BodyDiff.of(from.getBytes(StandardCharsets.UTF_8), to.getBytes(StandardCharsets.UTF_8));
    }
}
