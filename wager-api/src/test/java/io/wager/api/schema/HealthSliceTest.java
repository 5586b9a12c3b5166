package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.support.ApiTest;
import io.wager.core.messaging.MessagePublisher.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthSliceTest extends ApiTest {

    @Test
    void serviceIsReadyWhenItCanPublish() {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCONNECTED", "BLOCKED"})
    void serviceThatCannotPublishIsNotReadyButAlive(State state) {
        publisher.become(state);

        var readiness = get("/readyz");

        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(json(readiness).at("/status").asText()).isEqualTo("OUT_OF_SERVICE");
        assertThat(json(readiness)
                        .at("/components/wagerPublishing/details/state")
                        .asText())
                .isEqualTo(state.name());
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void metersAreServedForPrometheus() {
        var response = get("/actuator/prometheus");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("wager_api_wagers_total{outcome=\"accepted\"}", "wager_api_accept_seconds");
    }

    @Test
    void nothingElseOfTheActuatorIsServed() {
        assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/heapdump").statusCode()).isEqualTo(404);
    }
}
