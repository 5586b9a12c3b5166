package io.wager.api.repair;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.api.schema.Columns;
import io.wager.api.support.ApiTest;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.api.support.FakePublisher;
import io.wager.api.support.TestApi;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.PublishFailedException.Reason;
import io.wager.core.messaging.Topology;
import io.wager.core.wager.WagerEncoder;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequeueSliceTest extends ApiTest {

    @Test
    void messageIsPublishedAsItCameWithItsRequeueAndTheLetterSaysSo() {
        var letter = archive(Letter.refused(aWager().build()));

        var response = requeue(letter);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response))
                .isEqualTo(
                        json("{\"deadLetterId\":\"" + letter.id() + "\",\"status\":\"requeued\",\"requeueNumber\":1}"));
        assertThat(publisher.published()).singleElement().satisfies(published -> {
            assertThat(published.destination()).isEqualTo(Topology.WAGERS);
            assertThat(Requeue.of(published.message())).contains(new Requeue(letter.id(), 1));
            assertThat(published.message().body()).isEqualTo(letter.body());
            assertThat(published.message().correlationId()).isEqualTo("request-1");
        });
        assertThat(letters.row(letter.id()))
                .containsEntry("status", "requeued")
                .containsEntry("requeues", 1)
                .containsEntry("claimed_until", null);
        assertThat(letters.events(letter.id())).containsExactly("requeued");
    }

    @Test
    void actorReasonAndOutcomeAreInTheAudit() {
        var letter = archive(Letter.refused(aWager().build()));

        send(request(path(letter))
                .header("Content-Type", "application/json")
                .header("X-Actor", " Zoe ")
                .POST(BodyPublishers.ofString("{\"reason\": \" the column is wider now \"}")));

        var entries = json(get("/api/admin/audit?target=" + letter.id())).at("/entries");
        assertThat(entries).hasSize(2);
        assertThat(entries.at("/0/outcome").asText()).isEqualTo("requeued: requeue 1");
        assertThat(entries.at("/1/outcome").asText()).isEqualTo("begun: requeue 1");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.at("/actor").asText()).isEqualTo("Zoe (unproved)");
            assertThat(entry.at("/action").asText()).isEqualTo("requeue");
            assertThat(entry.at("/reason").asText()).isEqualTo("the column is wider now");
            assertThat(entry.at("/at").asText()).isEqualTo(TestApi.NOW.toString());
            assertThat(entry.at("/traceId").asText()).hasSize(32);
        });
    }

    @Test
    void twentyThreadsAtOnceHaveOneEffect() {
        var letter = archive(Letter.refused(aWager().build()));
        // Held until nobody else is left who could still publish: the claim alone keeps the others out.
        var confirm = new CompletableFuture<Void>();
        publisher.answer(message -> confirm);

        try (var threads = Executors.newFixedThreadPool(20)) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> requeue(letter), threads))
                    .toList();
            await().until(() ->
                    answers.stream().filter(CompletableFuture::isDone).count() == 19);
            confirm.complete(null);

            assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 409)
                    .hasSize(19);
        }
        assertThat(publisher.published()).hasSize(1);
        assertThat(letters.row(letter.id())).containsEntry("requeues", 1).containsEntry("status", "requeued");
        assertThat(letters.events(letter.id())).containsExactly("requeued");
        assertThat(letters.audit(letter.id().toString()))
                .hasSize(21)
                .containsOnlyOnce("requeued: requeue 1")
                .filteredOn("refused: being-requeued"::equals)
                .hasSize(19);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void failedPublishingReleasesTheClaimAndLeavesTheLetterOpen(Reason reason) {
        var letter = archive(Letter.refused(aWager().build()));
        publisher.answer(message -> FakePublisher.failed(reason));

        var response = requeue(letter);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(response).at("/type").asText())
                .isEqualTo("urn:wager:problem:broker-" + reason.name().toLowerCase(Locale.ROOT));
        assertThat(letters.row(letter.id()))
                .containsEntry("status", "open")
                .containsEntry("requeues", 1)
                .containsEntry("claimed_until", null);
        assertThat(letters.events(letter.id())).containsExactly("requeue-failed");

        publisher.reset();
        assertThat(json(requeue(letter)).at("/requeueNumber").asInt()).isEqualTo(2);
    }

    @Test
    void publisherThatNeverAnswersCountsAsUnconfirmed() {
        var letter = archive(Letter.refused(aWager().build()));
        publisher.answer(message -> new CompletableFuture<>());

        var response = requeue(letter);

        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:broker-unconfirmed");
        assertThat(letters.row(letter.id())).containsEntry("status", "open").containsEntry("claimed_until", null);
    }

    @Test
    void consumerThatIsFasterThanTheMarkHasTheLastWord() {
        var resolved = archive(Letter.refused(aWager().build()));
        var failedAgain = archive(Letter.refused(aWager().build()));
        publisher.answer(message -> {
            var requeue = Requeue.of(message).orElseThrow();
            if (requeue.deadLetterId().equals(resolved.id())) {
                letters.resolve(requeue.deadLetterId());
            } else {
                letters.failAgain(requeue.deadLetterId(), requeue.number());
            }
            return FakePublisher.durable();
        });

        assertThat(json(requeue(resolved)).at("/status").asText()).isEqualTo("resolved");
        assertThat(json(requeue(failedAgain)).at("/status").asText()).isEqualTo("open");
        assertThat(letters.status(resolved.id())).isEqualTo("resolved");
        assertThat(letters.status(failedAgain.id())).isEqualTo("open");
        assertThat(json(requeue(failedAgain)).at("/requeueNumber").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeadLetterStatus.class,
            names = {"REQUEUED", "RESOLVED", "DISCARDED"})
    void letterThatIsNotOpenIsRefused(DeadLetterStatus status) {
        assertRefused(archive(Letter.refused(aWager().build()).in(status)), "not-open");
    }

    @Test
    void letterUnderAClaimIsRefusedUntilTheClaimHasRunOut() {
        var letter = archive(Letter.refused(aWager().build()));
        letters.update(
                "UPDATE dead_letter SET requeues = 1, claimed_until = ?", Columns.utc(TestApi.NOW.plusMillis(1)));

        assertRefused(letter, "being-requeued");

        letters.update("UPDATE dead_letter SET claimed_until = ?", Columns.utc(TestApi.NOW));
        assertThat(json(requeue(letter)).at("/requeueNumber").asInt()).isEqualTo(2);
    }

    @Test
    void letterOfAnUnfinishedJobIsRefused() {
        var letter = archive(Letter.refused(aWager().build()));
        letters.update("UPDATE dead_letter SET job_id = ?", (Object) Columns.bytes(UUID.randomUUID()));

        assertRefused(letter, "in-another-job");
    }

    @Test
    void letterWhoseBodyWouldFailAgainIsRefused() {
        assertRefused(archive(Letter.undecodable("{")), "undecodable");
        assertRefused(archive(Letter.undecodable("{}")), "invalid");
        assertRefused(archive(Letter.refused(aWager().build()).version(2)), "unsupported-version");
    }

    @Test
    void invalidWagersFaultsAreNamedAfterTheReason() {
        var response = requeue(archive(Letter.undecodable("{}")));

        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo("invalid");
        assertThat(json(response).at("/errors/1/pointer").asText()).isEqualTo("/wagerId");
        assertThat(json(response).at("/errors")).hasSize(8);
    }

    @Test
    void wagerThatIsStoredWithOtherContentIsRefusedAndWithTheSameIsNot() {
        var id = "00000000-0000-0000-0000-00000000000a";
        stored.store(aWager().withId(id)
                .by("00000000-0000-0000-0000-0000000000ff")
                .of("1.5")
                .build());

        assertRefused(
                archive(Letter.refused(aWager().withId(id)
                        .by("00000000-0000-0000-0000-0000000000ff")
                        .of("2")
                        .build())),
                "conflict");
        var same = archive(Letter.refused(aWager().withId(id)
                .by("00000000-0000-0000-0000-0000000000ff")
                .of("1.50")
                .build()));
        assertThat(requeue(same).statusCode()).isEqualTo(200);
    }

    @Test
    void lastEditIsWhatIsSent() {
        var letter = archive(Letter.undecodable("{").version(7));
        var wager = aWager().build();
        letters.update("UPDATE dead_letter SET edits = 1");
        letters.update(
                "INSERT INTO dead_letter_edit VALUES (?, 1, ?, ?, 'Zoe', NULL)",
                Columns.bytes(letter.id()),
                WagerEncoder.encode(wager),
                Columns.utc(TestApi.NOW));

        assertThat(requeue(letter).statusCode()).isEqualTo(200);
        var message = publisher.published().getFirst().message();
        assertThat(message.body()).isEqualTo(WagerEncoder.encode(wager));
        assertThat(message.messageId()).isEqualTo(wager.wagerId().toString());
        assertThat(message.headerText("schema-version")).isEqualTo("1");
    }

    @Test
    void letterThatNobodyKnowsIsNotFound() {
        var response = post("/api/admin/dead-letters/" + UUID.randomUUID() + "/requeue", "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:dead-letter-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reason\": 7}", "{\"reason\": \" \"}", "[]", "{\"reason\": \"a\", \"Reason\": \"b\"}"})
    void faultyBodyIsRefusedBeforeAnythingHappens(String body) {
        var letter = archive(Letter.refused(aWager().build()));

        var response = post(path(letter), body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/errors")).hasSize(1);
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void actorMayHaveAnyLettersButNoControlCharacters() throws IOException {
        var letter = archive(Letter.undecodable("{"));
        var zoe = new String("Zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(sendAs(letter, zoe)).startsWith("HTTP/1.1 409");
        assertThat(json(get("/api/admin/audit")).at("/entries/0/actor").asText())
                .isEqualTo("Zoë (unproved)");
        for (var actor : new String[] {"x".repeat(190), " ", "a\u0085b"}) {
            assertThat(sendAs(letter, actor)).startsWith("HTTP/1.1 400").contains("\"parameter\":\"X-Actor\"");
        }
    }

    /** Raw, since Java's client sends headers as ASCII. */
    private String sendAs(Letter letter, String actor) throws IOException {
        return sendRaw("POST " + path(letter) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Actor: " + actor
                + "\r\nContent-Length: 0\r\n\r\n");
    }

    private void assertRefused(Letter letter, String reason) {
        var before = letters.row(letter.id());

        var response = requeue(letter);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:dead-letter-refused");
        assertThat(json(response).at("/errors/0/code").asText()).isEqualTo(reason);
        assertThat(publisher.published()).isEmpty();
        assertThat(letters.row(letter.id())).isEqualTo(before);
        assertThat(letters.audit(letter.id().toString())).endsWith("refused: " + reason);
    }

    private Letter archive(Letter letter) {
        archived.archive(letter);
        return letter;
    }

    private HttpResponse<String> requeue(Letter letter) {
        return send(request(path(letter)).POST(BodyPublishers.noBody()));
    }

    private static String path(Letter letter) {
        return "/api/admin/dead-letters/" + letter.id() + "/requeue";
    }
}
