package io.wager.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.api.access.Caller;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Quota;
import io.wager.api.access.Role;
import io.wager.api.limit.LimitProperties.Failures;
import io.wager.api.limit.LimitProperties.PerRole;
import io.wager.api.limit.LimitProperties.Requests;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitsTest {

    private static final Caller GAMES = new Caller("key:games", "games", Set.of(Role.WAGERS_WRITE), OwnLimits.NONE);

    private final HandSetTime time = new HandSetTime();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RateLimits limits = new RateLimits(
            new LimitProperties(
                    new PerRole(10, 20),
                    new Requests(1, 2),
                    new Requests(5, 6),
                    new Requests(3, 4),
                    new Failures(1, 1)),
            registry,
            time);

    @Test
    void aBatchIsChargedByItsWagersAndAllOrNothing() {
        assertThatCode(() -> batch(GAMES, 15)).doesNotThrowAnyException();

        assertThatThrownBy(() -> batch(GAMES, 10)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.type()).isEqualTo(ProblemType.RATE_LIMITED);
            assertThat(refused.retryAfterSeconds()).isEqualTo(1);
        });
        // The one that was charged before its body was read is spent, and nothing else.
        assertThatCode(() -> batch(GAMES, 4)).doesNotThrowAnyException();
        assertThatThrownBy(() -> batch(GAMES, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsSpentComesBackWithTime() {
        batch(GAMES, 20);
        assertThatThrownBy(() -> batch(GAMES, 1)).isInstanceOf(ProblemException.class);

        time.passes(Duration.ofMillis(500));

        assertThatCode(() -> batch(GAMES, 5)).doesNotThrowAnyException();
        assertThatThrownBy(() -> batch(GAMES, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aBatchThatCouldNeverPassIsToldTheLargestThatCan() {
        assertThatThrownBy(() -> batch(GAMES, 22)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.type()).isEqualTo(ProblemType.CONTENT_TOO_LARGE);
            assertThat(refused).hasMessageContaining("at most 20 wagers");
        });
    }

    @Test
    void aBatchOfOneMoreThanTheBurstCouldNeverPassEither() {
        assertThatThrownBy(() -> batch(GAMES, 21))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.CONTENT_TOO_LARGE));
        time.passes(Duration.ofSeconds(1));
        assertThatCode(() -> batch(GAMES, 20)).doesNotThrowAnyException();
    }

    @Test
    void whoWaitsAsLongAsToldPassesSoon() {
        var slow = caller(new Quota(0.5, 20));
        batch(slow, 20);

        var refusals = 0;
        while (true) {
            try {
                batch(slow, 10);
                break;
            } catch (ProblemException refused) {
                refusals++;
                time.passes(Duration.ofSeconds(refused.retryAfterSeconds()));
            }
            assertThat(refusals).isLessThan(5);
        }

        // Once before its body was read, and once when its wagers were counted.
        assertThat(refusals).isEqualTo(2);
    }

    @Test
    void whatIsSpentIsNotForgottenBeforeItHasComeBack() {
        var slow = caller(new Quota(0.01, 100));
        batch(slow, 100);

        time.passes(Duration.ofMinutes(15));

        batch(slow, 9);
        assertThatThrownBy(() -> batch(slow, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void everyCallerHasBucketsOfItsOwn() {
        batch(GAMES, 20);

        assertThatCode(() -> batch(new Caller("key:other", "games", Set.of(Role.WAGERS_WRITE), OwnLimits.NONE), 20))
                .doesNotThrowAnyException();
        assertThatCode(() -> request(GAMES)).doesNotThrowAnyException();
    }

    @Test
    void aKeysOwnLimitsTakeThePlaceOfThoseOfItsRoles() {
        var small = new Caller(
                "key:games", "games", Set.of(Role.WAGERS_WRITE), new OwnLimits(new Quota(0.5, 1), new Quota(1, 1)));
        batch(GAMES, 20);

        batch(small, 1);

        assertThatThrownBy(() -> batch(small, 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(2));
        request(small);
        assertThatThrownBy(() -> request(small)).isInstanceOf(ProblemException.class);
    }

    @Test
    void ofSeveralRolesTheMostCounts() {
        var both = new Caller("token:zoe", "Zoe", Set.of(Role.WAGERS_READ, Role.OPS_WRITE), OwnLimits.NONE);
        for (var i = 0; i < 6; i++) {
            request(both);
        }

        assertThatThrownBy(() -> request(both)).isInstanceOf(ProblemException.class);
    }

    @Test
    void metersNameKeysAndNoPeople() {
        var zoe = new Caller("token:zoe", "Zoe", Set.of(Role.OPS_READ), OwnLimits.NONE);
        for (var i = 0; i < 4; i++) {
            request(zoe);
        }
        batch(GAMES, 20);

        assertThatThrownBy(() -> request(zoe)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> batch(GAMES, 1)).isInstanceOf(ProblemException.class);

        assertThat(throttled("requests", "a token")).isEqualTo(1);
        assertThat(throttled("wagers", "games")).isEqualTo(1);
    }

    @Test
    void theHeadersTellWhatIsLeft() {
        var request = new MockHttpServletRequest();
        var response = new MockHttpServletResponse();

        limits.charge(GAMES, true, request, response);
        limits.chargeBatch(request, 5);

        assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"wagers\";q=20;w=2");
        // 15 over 2 seconds: not more a second than the 10 that come back.
        assertThat(response.getHeader("RateLimit")).isEqualTo("\"wagers\";r=15;t=2");
    }

    @Test
    void theWindowOfARefusalEndsWithRetryAfter() {
        var slow = caller(new Quota(0.5, 20));
        batch(slow, 12);
        var request = new MockHttpServletRequest();
        var response = new MockHttpServletResponse();
        limits.charge(slow, true, request, response);

        assertThatThrownBy(() -> limits.chargeBatch(request, 18))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        // 7 are there, and a repeat is charged all 18.
                        refused -> assertThat(refused.retryAfterSeconds()).isEqualTo(22));

        assertThat(response.getHeader("RateLimit")).isEqualTo("\"wagers\";r=7;t=22");
    }

    @Test
    void whereNobodyIsKnownNobodyIsLimited() {
        assertThatCode(() -> limits.chargeBatch(new MockHttpServletRequest(), 1_000_000))
                .doesNotThrowAnyException();
    }

    private static Caller caller(Quota wagers) {
        return new Caller("key:slow", "slow", Set.of(Role.WAGERS_WRITE), new OwnLimits(wagers, null));
    }

    private void batch(Caller caller, int wagers) {
        var request = new MockHttpServletRequest();
        limits.charge(caller, true, request, new MockHttpServletResponse());
        limits.chargeBatch(request, wagers);
    }

    private void request(Caller caller) {
        limits.charge(caller, false, new MockHttpServletRequest(), new MockHttpServletResponse());
    }

    private double throttled(String policy, String caller) {
        return registry.counter("wager.security.throttled", "policy", policy, "caller", caller)
                .count();
    }
}
