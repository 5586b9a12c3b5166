package io.wager.api.repair;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.api.schema.Columns;
import io.wager.api.support.ApiTest;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.api.support.TestApi;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class LetterActionsSliceTest extends ApiTest {

    @Autowired
    private JdbcClient jdbc;

    @Test
    void editedObjectIsKeptByteForByteAndIsWhatARequeueSends() {
        var letter = archive(Letter.undecodable("{\"amount\": "));
        var body = text(aWager().of("10.5").build()).replace("10.5", "1.050e1").replace(",", " ,\n");

        var response = edit(letter, "{\"reason\": \"cut off\", \"body\" : " + body + " }");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).at("/edit").asInt()).isEqualTo(1);
        assertThat(letters.row(letter.id())).containsEntry("edits", 1).containsEntry("status", "open");
        assertThat(letters.events(letter.id())).containsExactly("edited");
        assertThat(letters.audit(letter.id().toString())).containsExactly("edited: edit 1");
        act(letter, "requeue", "");
        assertThat(publisher.published().getFirst().message().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(original(letter)).isEqualTo("{\"amount\": ");
    }

    @Test
    void answerToAnEditShowsHowItDiffersFromTheOriginal() {
        var wager = aWager().of("1").build();
        var letter = archive(Letter.undecodable(text(wager).replace("\"amount\":1", "\"amount\":-1")));

        var first = json(edit(letter, "{\"body\": " + text(wager).replace("\"amount\":1", "\"amount\":2") + "}"));
        var second = json(edit(letter, "{\"body\": " + text(wager) + "}"));

        assertThat(first.at("/diff/changes/0/to").asText()).isEqualTo("2");
        assertThat(second.at("/diff"))
                .isEqualTo(json("{\"comparable\":true,\"changes\":[{\"pointer\":\"/amount\",\"from\":-1,\"to\":1}]}"));
    }

    @Test
    void editMayComeAsAStringOfTheRawText() {
        var letter = archive(Letter.undecodable("{"));
        var body = text(aWager().named("Zoë \"🎲\"").build());

        var response = edit(letter, "{\"body\": " + quoted(body) + "}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        act(letter, "requeue", "");
        assertThat(publisher.published().getFirst().message().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void editsFollowEachOtherAndTheFirstIsKept() {
        var letter = archive(Letter.undecodable("{"));

        for (var edit = 1; edit <= 3; edit++) {
            var response = edit(letter, "{\"edit\": " + (edit - 1) + ", \"body\": " + text(aWager().build()) + "}");
            assertThat(json(response).at("/edit").asInt()).isEqualTo(edit);
        }

        assertThat(jdbc.sql("SELECT COUNT(*) FROM dead_letter_edit")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void editOnTopOfAnotherThatTheClientHasNotSeenIsRefused() {
        var letter = archive(Letter.undecodable("{"));
        var body = text(aWager().build());
        edit(letter, "{\"edit\": 0, \"body\": " + body + "}");

        assertRefused(edit(letter, "{\"edit\": 0, \"body\": " + body + "}"), letter, "stale-edit");
    }

    @Test
    void twentyEditsAtOnceOnTheSameSightKeepOne() {
        var letter = archive(Letter.undecodable("{"));
        var body = "{\"edit\": 0, \"body\": " + text(aWager().build()) + "}";

        try (var threads = Executors.newFixedThreadPool(20)) {
            var statuses = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> edit(letter, body), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .map(HttpResponse::statusCode);
            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 409)
                    .hasSize(19);
        }
        assertThat(letters.row(letter.id())).containsEntry("edits", 1);
        assertThat(letters.events(letter.id())).containsExactly("edited");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'body': {'amount': -1, 'Username': ' '}}|/body/wagerId required,/body/accountId required,/body/username blank,/body/provider required,/body/gameName required,/body/amount out-of-range,/body/createdDateTime required",
                "{'body': '{'}|/body malformed",
                "{'body': ''}|/body malformed",
                "{'body': '[]'}|/body wrong-type",
                "{'body': [7]}|/body wrong-type",
                "{'body': 7, 'edit': -1, 'reason': 7}|/edit out-of-range,/body wrong-type,/reason wrong-type",
                "{'reason': 'x'}|/body required",
                "{'body': null}|/body required",
                "{'body': {}, 'Body': {}}|/Body duplicate-property",
                "{'body': '\\ud800'}|/body illegal-character"
            })
    void everyFaultOfAnEditIsNamed(String body, String faults) {
        var letter = archive(Letter.undecodable("{"));

        var response = edit(letter, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:validation");
        List<String> found = new ArrayList<>();
        json(response)
                .at("/errors")
                .forEach(error -> found.add(
                        error.at("/pointer").asText() + " " + error.at("/code").asText()));
        assertThat(String.join(",", found)).isEqualTo(faults);
        assertThat(letters.row(letter.id())).containsEntry("edits", 0);
    }

    @Test
    void editThatIsNoValidWagerIsInTheAudit() {
        var letter = archive(Letter.undecodable("{"));

        edit(letter, "{\"body\": {}}");

        assertThat(letters.audit(letter.id().toString())).containsExactly("refused: invalid");
    }

    @ParameterizedTest
    @EnumSource(
            value = DeadLetterStatus.class,
            names = {"REQUEUED", "RESOLVED", "DISCARDED"})
    void onlyAnOpenLetterCanBeEditedOrDiscarded(DeadLetterStatus status) {
        var letter = archive(Letter.refused(aWager().build()).in(status));

        assertRefused(edit(letter, "{\"body\": {}}"), letter, "not-open");
        assertRefused(act(letter, "discard", "{\"reason\": \"x\"}"), letter, "not-open");
    }

    @Test
    void letterUnderAClaimCanBeNeitherEditedNorDiscarded() {
        var letter = archive(Letter.refused(aWager().build()));
        letters.update("UPDATE dead_letter SET claimed_until = ?", Columns.utc(TestApi.NOW.plusMillis(1)));

        assertRefused(edit(letter, "{\"body\": {}}"), letter, "being-requeued");
        assertRefused(act(letter, "discard", "{\"reason\": \"x\"}"), letter, "being-requeued");
    }

    @Test
    void letterOfAnUnfinishedJobCanBeEditedButNotDiscarded() {
        var letter = archive(Letter.refused(aWager().build()));
        letters.update("UPDATE dead_letter SET job_id = ?", (Object) Columns.bytes(UUID.randomUUID()));

        assertRefused(act(letter, "discard", "{\"reason\": \"x\"}"), letter, "in-another-job");
        assertThat(edit(letter, "{\"body\": " + text(aWager().build()) + "}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void requeuedLetterThatIsNotHeardOfCanBeRestored() {
        var letter = Letter.refused(aWager().build()).in(DeadLetterStatus.REQUEUED);
        archived.archive(letter);

        assertThat(json(act(letter, "restore", "")).at("/status").asText()).isEqualTo("open");

        assertThat(act(letter, "requeue", "").statusCode()).isEqualTo(200);
    }

    @Test
    void discardedLetterCanBeRestored() {
        var letter = archive(Letter.undecodable("{"));

        var discarded = act(letter, "discard", "{\"reason\": \" a test \"}");
        assertThat(discarded.statusCode()).isEqualTo(200);
        assertThat(discarded.body()).isEqualTo("{\"deadLetterId\":\"" + letter.id() + "\",\"status\":\"discarded\"}");
        assertThat(letters.status(letter.id())).isEqualTo("discarded");
        assertRefused(act(letter, "discard", "{\"reason\": \"again\"}"), letter, "not-open");

        assertThat(json(act(letter, "restore", "")).at("/status").asText()).isEqualTo("open");
        assertThat(letters.status(letter.id())).isEqualTo("open");
        assertRefused(act(letter, "restore", ""), letter, "nothing-to-restore");

        assertThat(letters.events(letter.id())).containsExactly("discarded", "restored");
        assertThat(letters.audit(letter.id().toString()))
                .containsExactly("discarded", "refused: not-open", "restored", "refused: nothing-to-restore");
        assertThat(jdbc.sql("SELECT detail FROM dead_letter_event WHERE kind = 'discarded'")
                        .query(String.class)
                        .single())
                .isEqualTo("a test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": null}"})
    void discardingNeedsAReason(String body) {
        var letter = archive(Letter.undecodable("{"));

        var response = act(letter, "discard", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo("/reason");
        assertThat(letters.status(letter.id())).isEqualTo("open");
    }

    @Test
    void letterThatNobodyKnowsIsNotFound() {
        var path = "/api/admin/dead-letters/" + UUID.randomUUID();

        assertThat(put(path + "/body", "{\"body\": {}}").statusCode()).isEqualTo(404);
        assertThat(post(path + "/discard", "{\"reason\": \"x\"}").statusCode()).isEqualTo(404);
        assertThat(post(path + "/restore", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void actionsAreCounted() {
        var letter = archive(Letter.undecodable("{"));
        var before = meters();

        act(letter, "requeue", "");
        edit(letter, "{\"body\": " + text(aWager().build()) + "}");
        act(letter, "discard", "{\"reason\": \"x\"}");
        act(letter, "restore", "");
        act(letter, "requeue", "");

        assertThat(meters()).isEqualTo(before.stream().map(count -> count + 1).toList());
    }

    private List<Double> meters() {
        var scraped = get("/actuator/prometheus").body();
        return List.of(
                        "wager_dead_letters_requeued_total",
                        "wager_dead_letters_edited_total",
                        "wager_dead_letters_discarded_total",
                        "wager_dead_letters_restored_total",
                        "wager_dead_letters_refused_total{reason=\"undecodable\"}")
                .stream()
                .map(name -> scraped.lines()
                        .filter(line -> line.startsWith(name + " "))
                        .findFirst()
                        .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                        .orElseThrow(() -> new AssertionError(name)))
                .toList();
    }

    private void assertRefused(HttpResponse<String> response, Letter letter, String reason) {
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo(reason);
        assertThat(letters.audit(letter.id().toString())).endsWith("refused: " + reason);
    }

    private String original(Letter letter) {
        return new String(
                jdbc.sql("SELECT body FROM dead_letter_content WHERE dead_letter_id = ?")
                        .param(Columns.bytes(letter.id()))
                        .query((row, number) -> row.getBytes("body"))
                        .single(),
                StandardCharsets.UTF_8);
    }

    private Letter archive(Letter letter) {
        archived.archive(letter);
        return letter;
    }

    private HttpResponse<String> edit(Letter letter, String body) {
        return put("/api/admin/dead-letters/" + letter.id() + "/body", body);
    }

    private HttpResponse<String> act(Letter letter, String action, String body) {
        return post("/api/admin/dead-letters/" + letter.id() + "/" + action, body);
    }

    private HttpResponse<String> put(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    private static String text(Wager wager) {
        return new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
