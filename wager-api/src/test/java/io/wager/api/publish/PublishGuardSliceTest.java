package io.wager.api.publish;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.wager.api.support.ApiTest;
import io.wager.api.support.FakePublisher;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.wager.WagerEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class PublishGuardSliceTest extends ApiTest {

    private static final String RETRY_AFTER = "Retry-After";

    @Autowired
    private BulkheadRegistry bulkheads;

    @AfterEach
    void leaveRoom() {
        bulkheads.getAllBulkheads().forEach(bulkhead -> {
            var metrics = bulkhead.getMetrics();
            while (metrics.getAvailableConcurrentCalls() < metrics.getMaxAllowedConcurrentCalls()) {
                bulkhead.releasePermission();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "UNCONFIRMED, broker-unreachable, DISCONNECTED",
        "BLOCKED, broker-blocked, BLOCKED",
        "REFUSED, broker-blocked, BLOCKED"
    })
    void aBrokerThatFailedIsNotWaitedForAndTheClientIsToldWhenToComeAgain(Reason reason, String type, String state) {
        publisher.answer(message -> FakePublisher.failed(reason));
        assertThat(post(BATCH, batch(30)).statusCode()).isEqualTo(207);
        publisher.answer(message -> new CompletableFuture<>());
        var asked = publisher.published().size();

        var single = post(SINGLE, one());
        var batch = post(BATCH, batch(2));

        assertThat(single.statusCode()).isEqualTo(503);
        assertThat(json(single).at("/type").asText()).isEqualTo("urn:wager:problem:" + type);
        assertThat(single.headers().firstValue(RETRY_AFTER)).hasValue("2");
        assertThat(json(batch).at("/items/1/retryable").asBoolean()).isTrue();
        assertThat(batch.headers().firstValue(RETRY_AFTER)).hasValue("2");
        assertThat(publisher.published()).hasSize(asked);
        var readiness = get("/readyz");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(json(readiness)
                        .at("/components/wagerPublishing/details/state")
                        .asText())
                .isEqualTo(state);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void theServiceIsReadyAgainWithoutTrafficAndAcceptsAsSoonAsTheBrokerDoes() {
        publisher.answer(message -> FakePublisher.failed(Reason.UNCONFIRMED));
        post(BATCH, batch(30));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        publisher.answer(message -> FakePublisher.durable());

        await().until(() -> get("/readyz").statusCode() == 200);

        assertThat(json(get("/readyz"))
                        .at("/components/wagerPublishing/details/circuitBreaker")
                        .asText())
                .isEqualTo("HALF_OPEN");
        for (var i = 0; i < 6; i++) {
            assertThat(post(SINGLE, one()).statusCode()).isEqualTo(200);
        }
        assertThat(post(BATCH, batch(100)).statusCode()).isEqualTo(200);
        assertThat(json(get("/readyz"))
                        .at("/components/wagerPublishing/details/circuitBreaker")
                        .asText())
                .isEqualTo("CLOSED");
    }

    @Test
    void moreSingleWagersAtOnceThanThereIsRoomForAreToSendAgain() {
        fill("wager-publish");

        var refused = post(SINGLE, one());

        assertSaturated(refused);
        assertThat(publisher.published()).isEmpty();
        assertThat(post(BATCH, batch(2)).statusCode()).isEqualTo(200);
        leaveRoom();
        assertThat(post(SINGLE, one()).statusCode()).isEqualTo(200);
    }

    @Test
    void moreBatchesAtOnceThanThereIsMemoryForAreToSendAgain() {
        fill("wager-publish-batch");

        var refused = post(BATCH, batch(2));

        assertSaturated(refused);
        assertThat(publisher.published()).isEmpty();
        assertThat(post(SINGLE, one()).statusCode()).isEqualTo(200);
    }

    @Test
    void roomIsGivenBackWhateverBecameOfTheRequest() {
        post(SINGLE, "{");
        post(BATCH, "{");
        post(SINGLE, one());
        post(BATCH, batch(2));

        assertThat(bulkheads.getAllBulkheads())
                .extracting(Bulkhead::getMetrics)
                .allMatch(room -> room.getAvailableConcurrentCalls() == room.getMaxAllowedConcurrentCalls());
    }

    @Test
    void aRequestWhoseConfirmsDoNotComeIsCountedOnce() {
        var before = meter("resilience4j_timelimiter_calls_total{kind=\"timeout\",name=\"wager-publish\"}");
        publisher.answer(message -> new CompletableFuture<>());

        assertThat(post(BATCH, batch(3)).statusCode()).isEqualTo(207);

        assertThat(meter("resilience4j_timelimiter_calls_total{kind=\"timeout\",name=\"wager-publish\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void everythingIsMetered() {
        assertThat(post(SINGLE, one()).statusCode()).isEqualTo(200);

        assertThat(get("/actuator/prometheus").body())
                .contains("resilience4j_circuitbreaker_state{name=\"wager-publish\",state=\"closed\"} 1.0")
                .contains("resilience4j_circuitbreaker_state{name=\"wager-reads\",state=\"closed\"} 1.0")
                .contains("resilience4j_circuitbreaker_not_permitted_calls_total{")
                .contains("resilience4j_bulkhead_available_concurrent_calls{name=\"wager-publish\"} 2000.0")
                .contains("resilience4j_bulkhead_available_concurrent_calls{name=\"wager-publish-batch\"} 8.0");
    }

    private void assertSaturated(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).at("/type").asText()).isEqualTo("urn:wager:problem:broker-saturated");
        assertThat(refused.headers().firstValue(RETRY_AFTER)).hasValue("1");
    }

    private void fill(String bulkhead) {
        var room = bulkheads.bulkhead(bulkhead);
        while (room.getMetrics().getAvailableConcurrentCalls() > 0) {
            room.acquirePermission();
        }
    }

    private double meter(String name) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String one() {
        return new String(WagerEncoder.encode(aWager().build()), StandardCharsets.UTF_8);
    }

    private static String batch(int count) {
        return IntStream.range(0, count).mapToObj(i -> one()).collect(Collectors.joining(",", "[", "]"));
    }
}
