package io.wager.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

    @Test
    void itsWindowIsHowLongAnEmptyBucketTakesToFill() {
        assertThat(new Quota(500, 1_000).window()).isEqualTo(Duration.ofSeconds(2));
        assertThat(new Quota(1_000_000, 1).window()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(new Quota(1, 86_400).window()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,perSecond",
        "-1,1,perSecond",
        "NaN,1,perSecond",
        "Infinity,1,perSecond",
        "1000001,1,perSecond",
        "1,0,burst",
        "1,10000001,burst",
        "1,86401,within a day",
        "4.9E-324,1,within a day"
    })
    void whatIsNoQuotaIsRefused(double perSecond, long burst, String named) {
        assertThatThrownBy(() -> new Quota(perSecond, burst))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
