package io.wager.standalone.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.core.wager.Wager;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** From a failure to its repair, on running processes. The same wherever they run. */
abstract class DeadLetterJourney {

    private static final int CLICKS = 20;
    private static final int LETTERS = 200;

    /** So that what a killed process held is free soon. */
    static final List<String> SHORT_HOLDS = List.of(
            "--wager.publish.confirm-timeout=1s",
            "--wager.requeue-jobs.lease=4s",
            "--wager.dead-letters.claim-time=4s");

    /** One for each test: they share what runs. */
    private final String player = UUID.randomUUID().toString();

    private final Operator operator = new Operator(this::uri);

    /** Where the API is. */
    abstract URI uri(String path);

    /** Ends whatever runs the jobs as kill -9 does, and starts it again. */
    abstract void killAndStartAgain() throws Exception;

    /** The person at the running wager. */
    final Operator operator() {
        return operator;
    }

    @Test
    void aConflictIsMendedByAnEditAndCountsOnceHoweverOftenItIsRequeued() throws Exception {
        var stored = wager("10.25");
        var conflicting = aWager().withId(stored.wagerId()).by(player).of("777").build();
        operator.post(List.of(stored));
        patiently().until(() -> operator.totalOf(stored).compareTo(stored.amount()) == 0);
        operator.post(List.of(conflicting));
        patiently().until(() -> letters("reason=conflict").size() == 1);
        var id = letters("reason=conflict").getFirst().at("/id").asText();

        var detail = operator.letter(id);
        assertThat(detail.at("/stored/wager/amount").decimalValue()).isEqualByComparingTo("10.25");
        assertThat(detail.at("/message/body/json/amount").decimalValue()).isEqualByComparingTo("777");
        assertThat(operator.requeue(id).statusCode()).isEqualTo(409);
        operator.edit(id, wager("777"));
        var answers = atOnce(() -> operator.requeue(id));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 409);
        patiently().until(() -> operator.letter(id).at("/status").asText().equals("resolved"));
        assertThat(operator.totalOf(stored)).isEqualByComparingTo("787.25");
        assertThat(operator.requeue(id).statusCode()).isEqualTo(409);
        assertThat(operator.letter(id).at("/timeline"))
                .extracting(event -> event.at("/kind").asText())
                .containsExactlyInAnyOrder("failed", "edited", "requeued", "resolved");
        assertThat(operator.get("/api/admin/audit?actor=Zoe%20(unproved)&target=" + id)
                        .at("/entries"))
                .hasSize(CLICKS + 3);
    }

    @Test
    void aJobKilledInItsMiddleGoesOnAndEveryLetterIsResolvedOnce() throws Exception {
        var stored = IntStream.range(0, LETTERS).mapToObj(i -> wager("1")).toList();
        operator.post(stored);
        patiently().until(() -> operator.totalOf(stored.getFirst()).intValueExact() == LETTERS);
        operator.post(stored.stream()
                .map(wager ->
                        aWager().withId(wager.wagerId()).by(player).of("2").build())
                .toList());
        patiently().until(() -> letters("status=open").size() == LETTERS);
        var letters = letters("status=open");
        letters.forEach(letter -> operator.edit(letter.at("/id").asText(), wager("3")));

        var job = operator.job("{\"fingerprint\":\""
                        + letters.getFirst().at("/fingerprint").asText()
                        + "\",\"ratePerSecond\":25,\"reason\":\"they have ids of their own now\"}")
                .at("/jobId")
                .asText();
        patiently().until(() -> letters("status=resolved").size() > LETTERS / 10);
        killAndStartAgain();

        patiently().until(() -> operator.jobNow(job).at("/status").asText().equals("completed"));
        var progress = operator.jobNow(job).at("/progress");
        assertThat(progress.at("/resolved").asInt()).as(progress.toString()).isEqualTo(LETTERS);
        assertThat(letters("status=resolved")).hasSize(LETTERS);
        assertThat(operator.totalOf(stored.getFirst())).isEqualByComparingTo(BigDecimal.valueOf(LETTERS * 4L));
    }

    /** Waits for what may take a start of processes, and does not mind answers that don't come meanwhile. */
    static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }

    /** The player's letters. */
    final List<JsonNode> letters(String query) {
        return operator.letters("accountId=" + player + "&" + query);
    }

    /** Whose wagers the test is about. */
    final String player() {
        return player;
    }

    private Wager wager(String amount) {
        return aWager().by(player).of(amount).build();
    }

    private static <T> List<T> atOnce(Callable<T> action) throws Exception {
        List<T> results = new ArrayList<>();
        try (var clicks = Executors.newFixedThreadPool(CLICKS)) {
            List<Callable<T>> all = new ArrayList<>();
            for (var i = 0; i < CLICKS; i++) {
                all.add(action);
            }
            for (var result : clicks.invokeAll(all)) {
                results.add(result.get());
            }
        }
        return results;
    }

    /** A job's letters of an outcome. */
    static int outcome(JsonNode job, String outcome) {
        return job.at("/progress/" + outcome).asInt();
    }
}
