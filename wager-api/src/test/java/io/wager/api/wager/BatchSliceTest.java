package io.wager.api.wager;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.support.ApiTest;
import io.wager.api.support.FakePublisher;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class BatchSliceTest extends ApiTest {

    private static final Wager FIRST =
            aWager().withId("00000000-0000-0000-0000-000000000001").build();
    private static final Wager SECOND =
            aWager().withId("00000000-0000-0000-0000-000000000002").build();
    private static final String BAD = "{\"wagerId\": \"00000000-0000-0000-0000-00000000000B\", \"amount\": -1}";

    @Autowired
    private MeterRegistry meters;

    @Test
    void batchOfGoodWagersIsAnswered200InTheOrderSent() {
        var response = post(BATCH, array(json(FIRST), json(SECOND)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(json("""
                {"accepted": 2, "rejected": 0, "failed": 0, "items": [
                  {"index": 0, "wagerId": "00000000-0000-0000-0000-000000000001", "status": "accepted", "retryable": false},
                  {"index": 1, "wagerId": "00000000-0000-0000-0000-000000000002", "status": "accepted", "retryable": false}]}
                """));
    }

    @Test
    void badWagerDoesNotStopItsNeighbours() {
        var response = post("/api/Player/CasinoWagers", array(json(FIRST), BAD, json(SECOND)));

        assertThat(response.statusCode()).isEqualTo(207);
        var answer = json(response);
        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(1);
        var item = answer.at("/items/1");
        assertThat(item.at("/wagerId").asText()).isEqualTo("00000000-0000-0000-0000-00000000000b");
        assertThat(item.at("/status").asText()).isEqualTo("rejected");
        assertThat(item.at("/retryable").asBoolean()).isFalse();
        assertThat(item.at("/problem/type").asText()).isEqualTo("urn:wager:problem:validation");
        assertThat(item.at("/problem/status").asInt()).isEqualTo(400);
        assertThat(item.at("/problem/instance").asText()).isEqualTo("/api/Player/CasinoWagers#/1");
        assertThat(item.at("/problem/errors").findValuesAsText("pointer")).contains("/amount", "/accountId");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void failedWagersMayBeSentAgainAndTheAnswerSaysWhen() {
        publisher.answer(message -> FIRST.wagerId().toString().equals(message.messageId())
                ? FakePublisher.failed(Reason.REFUSED)
                : FakePublisher.durable());

        var response = post(BATCH, array(json(FIRST), json(SECOND)));

        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        var item = json(response).at("/items/0");
        assertThat(item.at("/status").asText()).isEqualTo("failed");
        assertThat(item.at("/retryable").asBoolean()).isTrue();
        assertThat(item.at("/problem/type").asText()).isEqualTo("urn:wager:problem:broker-refused");
        assertThat(json(response).at("/items/1/status").asText()).isEqualTo("accepted");
    }

    @Test
    void allWagersAreOnTheirWayBeforeTheFirstIsAwaited() {
        var bothArePublished = new CountDownLatch(2);
        publisher.answer(message -> {
            bothArePublished.countDown();
            return CompletableFuture.runAsync(() -> {
                try {
                    bothArePublished.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });

        var response = post(BATCH, array(json(FIRST), json(SECOND)));

        assertThat(json(response).at("/accepted").asInt()).isEqualTo(2);
    }

    @Test
    void publisherThatNeverAnswersFailsTheWholeBatchUnderOneDeadline() {
        publisher.answer(message -> new CompletableFuture<>());

        var response = post(BATCH, array(json(FIRST), json(SECOND)));

        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(json(response).at("/failed").asInt()).isEqualTo(2);
    }

    @Test
    void brokenLineIsThatItemsFaultAlone() {
        var lines = json(FIRST) + "\r\n\n{\"wagerId\": \n" + json(SECOND);

        var response = post(BATCH, "application/x-ndjson", BodyPublishers.ofString(lines));

        assertThat(response.statusCode()).isEqualTo(207);
        assertThat(json(response).at("/items").findValuesAsText("status"))
                .startsWith("accepted", "rejected")
                .endsWith("accepted");
        var broken = json(response).at("/items/1");
        assertThat(broken.at("/wagerId").isNull()).isTrue();
        assertThat(broken.at("/problem/type").asText()).isEqualTo("urn:wager:problem:malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "[{}", "[{},]", "[{}] 1", "nonsense"})
    void brokenOrEmptyArrayIsRefusedAndNothingIsAccepted(String body) {
        var response = post(BATCH, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:invalid-batch");
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void arrayThatBreaksAfterAGoodWagerAcceptsNothing() {
        var response = post(BATCH, "[" + json(FIRST) + ", {");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void thousandWagersAreABatchAndOneMoreIsNot() {
        var thousand = IntStream.range(0, 1_000).mapToObj(i -> BAD).collect(Collectors.joining(",", "[", "]"));

        assertThat(post(BATCH, thousand).statusCode()).isEqualTo(207);
        assertThat(post(BATCH, thousand.replaceFirst("\\[", "[{},")).statusCode())
                .isEqualTo(400);
        assertThat(publisher.published()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void linesWithoutAWagerAreRefused(String body) {
        var response = post(BATCH, "application/x-ndjson", BodyPublishers.ofString(body));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void batchOverTheLimitIsRefusedWhenChunked() {
        var body = " ".repeat(8 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);

        var response =
                post(BATCH, "application/json", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void whatIsReceivedIsAcceptedRejectedOrFailed() {
        var before = outcomes();
        publisher.answer(message -> SECOND.wagerId().toString().equals(message.messageId())
                ? FakePublisher.failed(Reason.UNREACHABLE)
                : FakePublisher.durable());

        post(BATCH, array(json(FIRST), json(SECOND), BAD));
        post(SINGLE, json(FIRST));
        post(SINGLE, json(SECOND));
        post(SINGLE, "{");
        post(SINGLE, " ".repeat(1024 * 1024 + 1));
        post(BATCH, "[");

        assertThat(outcomes().received() - before.received()).isEqualTo(7);
        assertThat(outcomes().accepted() - before.accepted()).isEqualTo(2);
        assertThat(outcomes().rejected() - before.rejected()).isEqualTo(3);
        assertThat(outcomes().failed() - before.failed()).isEqualTo(2);
        assertThat(outcomes().received())
                .isEqualTo(outcomes().accepted()
                        + outcomes().rejected()
                        + outcomes().failed());
    }

    private Outcomes outcomes() {
        return new Outcomes(
                (long) meters.get("wager.api.received").counter().count(),
                outcome("accepted"),
                outcome("rejected"),
                outcome("failed"));
    }

    private long outcome(String name) {
        return (long)
                meters.get("wager.api.wagers").tag("outcome", name).counter().count();
    }

    private static String array(String... wagers) {
        return Stream.of(wagers).collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(Wager wager) {
        return new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8);
    }

    private record Outcomes(long received, long accepted, long rejected, long failed) {}
}
