package io.wager.api.requeuejob;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.api.support.ApiTest;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.api.support.FakePublisher;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.MessagePublisher.State;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequeueJobSliceTest extends ApiTest {

    private static final String JOBS = "/api/admin/requeue-jobs";

    /** The runner of the context goes by itself: no test may leave it work that another takes away. */
    @AfterEach
    void endAllJobs() {
        letters.update("UPDATE requeue_job SET finished_at = created_at WHERE finished_at IS NULL");
    }

    @Test
    void jobIsMadeAndRunAndToldOf() {
        var one = archive(Letter.refused(aWager().build()));
        var two = archive(Letter.refused(aWager().build()));
        var broken = archive(Letter.undecodable("{"));
        var unknown = UUID.randomUUID();
        publisher.answer(message -> {
            var requeue = Requeue.of(message).orElseThrow();
            if (requeue.deadLetterId().equals(one.id())) {
                letters.resolve(requeue.deadLetterId());
            } else {
                letters.failAgain(requeue.deadLetterId(), requeue.number());
            }
            return FakePublisher.durable();
        });

        var response = send(request(JOBS)
                .header("Content-Type", "application/json")
                .header("X-Actor", "Zoe")
                .POST(BodyPublishers.ofString("{\"reason\": \"the column is wider\", \"ratePerSecond\": 100, \"ids\": "
                        + ids(one.id(), two.id(), broken.id(), unknown) + "}")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        var location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(JOBS + "/" + json(response).at("/jobId").asText());
        await().until(() -> json(get(location)).at("/status").asText().equals("completed"));
        var job = json(get(location));
        assertThat(job.at("/progress"))
                .isEqualTo(
                        json(
                                "{\"total\":4,\"pending\":0,\"requeued\":0,\"resolved\":1,\"failed\":1,\"skipped\":2,"
                                        + "\"skippedByReason\":{\"undecodable\":1,\"unknown\":1},\"settledPerSecond\":0.0,\"secondsLeft\":null}"));
        assertThat(job.at("/createdBy").asText()).isEqualTo("Zoe (unproved)");
        assertThat(job.at("/reason").asText()).isEqualTo("the column is wider");
        assertThat(job.at("/isSelected").asBoolean()).isTrue();
        assertThat(job.at("/selection/ids")).hasSize(4);
        assertThat(job.at("/finishedAt").isNull()).isFalse();

        assertThat(outcomes(get(location + "/items"))).containsExactly("resolved", "failed", "skipped");
        assertThat(outcomes(get(location + "/items?outcome=failed"))).containsExactly("failed");
        var entry = json(get("/api/admin/audit?action=create-requeue-job")).at("/entries/0");
        assertThat(entry.at("/target").asText()).isEqualTo(job.at("/jobId").asText());
        assertThat(entry.at("/selection/ids")).hasSize(4);
        assertThat(entry.at("/actor").asText()).isEqualTo("Zoe (unproved)");
    }

    @Test
    void dryRunCountsWhatWouldGoAndWhatCantAndChangesNothing() {
        var good = archive(Letter.refused(aWager().build()));
        var resolved = archive(Letter.refused(aWager().build()).in(DeadLetterStatus.RESOLVED));
        var conflict = aWager().build();
        stored.store(conflict);
        var other = archive(Letter.refused(aWager().withId(conflict.wagerId()).build()));
        List<UUID> ids = new ArrayList<>(List.of(good.id(), resolved.id(), other.id(), UUID.randomUUID()));
        for (var i = 0; i < 7; i++) {
            ids.add(archive(Letter.undecodable("{}")).id());
        }

        var response = post(JOBS, "{\"dryRun\": true, \"ids\": " + ids(ids.toArray(UUID[]::new)) + "}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var answer = json(response);
        assertThat(answer.at("/selected").asInt()).isEqualTo(11);
        assertThat(answer.at("/eligible").asInt()).isEqualTo(1);
        List<String> refused = new ArrayList<>();
        answer.at("/refused")
                .forEach(one -> refused.add(one.at("/reason").asText() + " " + one.at("/count") + " "
                        + one.at("/samples").size()));
        assertThat(refused).containsExactly("not-open 1 1", "invalid 7 5", "conflict 1 1", "unknown 1 1");
        assertThat(json(get(JOBS)).at("/jobs")).isEmpty();
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void dryRunOfAGroupLooksAtItsOpenLettersOnly() {
        var letter = archive(Letter.refused(aWager().build()));
        archive(Letter.refused(aWager().build()));
        archive(Letter.refused(aWager().build()).in(DeadLetterStatus.RESOLVED));
        archive(Letter.undecodable("{"));

        var answer = json(post(JOBS, "{\"dryRun\": true, \"fingerprint\": \"" + fingerprint(letter) + "\"}"));

        assertThat(answer.at("/selected").asInt()).isEqualTo(2);
        assertThat(answer.at("/eligible").asInt()).isEqualTo(2);
    }

    @Test
    void jobByAFilterIsAboutTheOpenLettersOfTheList() {
        var meant = archive(Letter.refused(aWager().on("Other House", "Game").build()));
        archive(Letter.refused(aWager().on("Other House", "Game").build()).in(DeadLetterStatus.DISCARDED));
        archive(Letter.refused(aWager().build()));
        var body = "\"filter\": {\"provider\": \"Other House\", \"from\": \"2026-11-21\", \"text\": \"CK_some\"}}";

        var dry = json(post(JOBS, "{\"dryRun\": true, " + body));
        var made = json(post(JOBS, "{" + body));

        assertThat(dry.at("/selected").asInt()).isEqualTo(1);
        assertThat(made.at("/selection/filter/status/0").asText()).isEqualTo("open");
        await().until(() -> publisher.published().size() == 1);
        assertThat(Requeue.of(publisher.published().getFirst().message())
                        .orElseThrow()
                        .deadLetterId())
                .isEqualTo(meant.id());
        var job = JOBS + "/" + made.at("/jobId").asText();
        await().until(() -> json(get(job)).at("/isSelected").asBoolean());
        assertThat(json(get(job)).at("/progress/total").asInt()).isEqualTo(1);
    }

    @Test
    void jobCanBePausedResumedAndCancelledButNotTwice() {
        var letter = archive(Letter.refused(aWager().build()));
        publisher.become(State.BLOCKED);
        var job = json(post(JOBS, "{\"ids\": " + ids(letter.id()) + "}"))
                .at("/jobId")
                .asText();
        var path = JOBS + "/" + job;

        assertRefused(post(path + "/resume", ""), "is-running");
        assertThat(json(post(path + "/pause", "{\"reason\": \"lunch\"}"))
                        .at("/status")
                        .asText())
                .isEqualTo("paused");
        assertRefused(post(path + "/pause", ""), "is-paused");
        assertThat(json(post(path + "/resume", "")).at("/status").asText()).isEqualTo("running");
        assertThat(json(post(path + "/cancel", "")).at("/status").asText()).isEqualTo("cancelled");
        assertRefused(post(path + "/cancel", ""), "is-cancelled");
        assertRefused(post(path + "/resume", ""), "is-cancelled");

        await().until(() -> !json(get(path)).at("/finishedAt").isNull());
        assertThat(letters.row(letter.id())).containsEntry("in_job", 0).containsEntry("status", "open");
        assertThat(letters.audit(job))
                .containsExactly(
                        "created",
                        "refused: is-running",
                        "paused",
                        "refused: is-paused",
                        "running",
                        "cancelled",
                        "refused: is-cancelled",
                        "refused: is-cancelled");
    }

    @Test
    void letterOfARunningJobIsNobodyElses() {
        var letter = archive(Letter.refused(aWager().build()));
        publisher.become(State.BLOCKED);
        post(JOBS, "{\"ids\": " + ids(letter.id()) + "}");
        await().until(() -> Integer.valueOf(1).equals(letters.row(letter.id()).get("in_job")));

        var response = post("/api/admin/dead-letters/" + letter.id() + "/requeue", "");

        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo("in-another-job");
    }

    @Test
    void jobsComeByCursorLatestFirstAndByStatus() {
        List<String> made = new ArrayList<>();
        for (var i = 0; i < 3; i++) {
            made.add(json(post(JOBS, "{\"ids\": " + ids(UUID.randomUUID()) + "}"))
                    .at("/jobId")
                    .asText());
        }
        await().until(() -> json(get(JOBS + "?status=completed")).at("/jobs").size() == 3);

        var first = get(JOBS + "?limit=2&status=completed");
        var link = first.headers().firstValue("Link").orElseThrow();
        var second = get(link.substring(1, link.indexOf('>')));

        assertThat(jobIds(first)).containsExactly(made.get(2), made.get(1));
        assertThat(jobIds(second)).containsExactly(made.get(0));
        assertThat(second.headers().firstValue("Link")).isEmpty();
        assertThat(json(get(JOBS + "?status=running")).at("/jobs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}| required",
                "{'ids': ['x'], 'fingerprint': '0123456789abcdef'}|/ids/0 not-a-uuid, required",
                "{'ids': []}|/ids out-of-range",
                "{'fingerprint': 'XYZ'}|/fingerprint out-of-range",
                "{'filter': {'provder': 'x', 'status': 'gone'}}|/filter/provder malformed,/filter/status out-of-range",
                "{'filter': {}, 'fingerprint': '0123456789abcdef'}| required",
                "{'fingerprint': '0123456789abcdef', 'ratePerSecond': 0, 'canary': 1.5, 'stopWhenFailedShare': 1.1, 'dryRun': 'yes', 'reason': ''}"
                        + "|/dryRun wrong-type,/ratePerSecond out-of-range,/canary out-of-range,/stopWhenFailedShare out-of-range,/reason blank",
                "{'fingerprint': '0123456789abcdef', 'stopWhenFailedShare': 0.12345}|/stopWhenFailedShare too-many-digits",
                "{'fingerprint': '0123456789abcdef', 'ratePerSecond': '1'}|/ratePerSecond wrong-type"
            })
    void everyFaultOfAJobIsNamed(String body, String faults) {
        var response = post(JOBS, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        List<String> found = new ArrayList<>();
        json(response)
                .at("/errors")
                .forEach(error -> found.add(
                        error.at("/pointer").asText() + " " + error.at("/code").asText()));
        assertThat(String.join(",", found).strip()).isEqualTo(faults.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?status=done", "?limit=0", "?cursor=x"})
    void parameterOutOfRangeIsRefused(String query) {
        assertThat(get(JOBS + query).statusCode()).isEqualTo(400);
    }

    @Test
    void jobThatNobodyMadeIsNotFound() {
        var path = JOBS + "/" + UUID.randomUUID();

        for (var response : List.of(get(path), get(path + "/items"), post(path + "/cancel", ""))) {
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:requeue-job-unknown");
        }
    }

    private void assertRefused(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:requeue-job-refused");
        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo(code);
    }

    private Letter archive(Letter letter) {
        archived.archive(letter);
        return letter;
    }

    private static String fingerprint(Letter letter) {
        return Fingerprint.of(letter.reason(), letter.exceptionType(), letter.exceptionMessage())
                .value();
    }

    private static String ids(UUID... ids) {
        return "[\""
                + String.join("\",\"", List.of(ids).stream().map(UUID::toString).toList()) + "\"]";
    }

    private static List<String> outcomes(HttpResponse<String> response) {
        return texts(json(response).at("/items"), "/outcome");
    }

    private static List<String> jobIds(HttpResponse<String> response) {
        return texts(json(response).at("/jobs"), "/jobId");
    }

    private static List<String> texts(JsonNode array, String pointer) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.at(pointer).asText()));
        return texts;
    }
}
