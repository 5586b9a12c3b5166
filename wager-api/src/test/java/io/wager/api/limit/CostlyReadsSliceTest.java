package io.wager.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.support.ApiTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class CostlyReadsSliceTest extends ApiTest {

    @Autowired
    private BulkheadRegistry bulkheads;

    private Bulkhead bulkhead;
    private int taken;

    @BeforeEach
    void asManyAreReadingAsMay() {
        bulkhead = bulkheads.bulkhead(CostlyReads.BULKHEAD);
        while (bulkhead.getMetrics().getAvailableConcurrentCalls() > 0) {
            bulkhead.acquirePermission();
            taken++;
        }
    }

    @AfterEach
    void theyEnd() {
        while (taken-- > 0) {
            bulkhead.onComplete();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/breakdown?by=provider",
                "/api/admin/dead-letters?text=x",
                "/api/admin/dead-letters/count?text=x",
                "/api/admin/dead-letters/groups",
                "/api/admin/dead-letters/export",
                "/api/player/6581621c-2f86-422d-bf1e-9b92a6efb539/casino?page=101&pageSize=100"
            })
    void anotherCostlyReadIsToldToComeAgain(String path) {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/type").asText()).isEqualTo("urn:wager:problem:reads-saturated");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/analytics/breakdown?by=day",
                "/api/player/topSpenders",
                "/api/admin/dead-letters",
                "/api/player/6581621c-2f86-422d-bf1e-9b92a6efb539/casino?page=100&pageSize=100"
            })
    void otherReadsGoOn(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void theReadThatEndsMakesRoomForAnother() {
        bulkhead.onComplete();
        taken--;

        for (var i = 0; i < 2; i++) {
            assertThat(get("/api/analytics/breakdown?by=game").statusCode()).isEqualTo(200);
        }
    }
}
