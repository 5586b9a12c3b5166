package io.wager.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTextTest {

    @Property
    void anyTextFitsAndIsUnicode(
            @ForAll @StringLength(max = 40) String text, @ForAll @IntRange(min = 1, max = 30) int limit) {
        var fitted = ColumnText.fit(text, limit);

        assertThat(fitted).hasSizeLessThanOrEqualTo(limit).doesNotContain("\0");
        assertThat(new String(fitted.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(fitted);
    }

    @ParameterizedTest
    @CsvSource({"a🎲b, 4, a🎲b", "a🎲b, 3, a🎲", "a🎲b, 2, a", "abc, 9, abc"})
    void aTextIsCutBetweenCharacters(String text, int limit, String fitted) {
        assertThat(ColumnText.fit(text, limit)).isEqualTo(fitted);
    }

    @Test
    void whatNoDatabaseTakesIsReplaced() {
        assertThat(ColumnText.fit("a\0b\ud83cc\udfb2", 10)).isEqualTo("a\ufffdb\ufffdc\ufffd");
    }
}
