package io.wager.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.limit.LimitProperties.Failures;
import io.wager.api.limit.LimitProperties.PerRole;
import io.wager.api.limit.LimitProperties.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

class FailedLoginsTest {

    private final HandSetTime time = new HandSetTime();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FailedLogins logins = new FailedLogins(
            new LimitProperties(
                    new PerRole(1, 1),
                    new Requests(1, 1),
                    new Requests(1, 1),
                    new Requests(1, 1),
                    new Failures(0.5, 3)),
            registry,
            time);

    @Test
    void anAddressMayFailSoOftenAndThenHasToWait() {
        for (var i = 0; i < 3; i++) {
            assertThat(logins.failed("10.0.0.1", response)).isEmpty();
        }

        assertThat(logins.failed("10.0.0.1", response)).hasValue(2);
        assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"failed-logins\";q=3;w=6");
        assertThat(response.getHeader("RateLimit")).isEqualTo("\"failed-logins\";r=0;t=2");
        assertThat(logins.failed("10.0.0.2", response)).isEmpty();
        assertThat(registry.counter("wager.security.throttled", "policy", "failed-logins", "caller", "an address")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void afterTheTimeThatItIsToldItMayFailAgain() {
        for (var i = 0; i < 3; i++) {
            logins.failed("10.0.0.1", response);
        }

        time.passes(Duration.ofSeconds(2));

        assertThat(logins.failed("10.0.0.1", response)).isEmpty();
        assertThat(logins.failed("10.0.0.1", response)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,10.0.0.1",
        "2001:db8:1:2::1,20010db800010002",
        "2001:db8:1:2:ffff:ffff:ffff:ffff,20010db800010002",
        "2001:db8:1:3::1,20010db800010003",
        "::ffff:10.0.0.1,::ffff:10.0.0.1",
        "no:address,no:address",
        "unknown,unknown"
    })
    void anOwnerOfANetworkIsOneClient(String address, String network) {
        assertThat(FailedLogins.network(address)).isEqualTo(network);
    }
}
