package io.wager.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.schema.Columns;
import io.wager.api.support.ApiTest;
import io.wager.api.support.ArchivedDeadLetters.Letter;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.WagerBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeadLettersSliceTest extends ApiTest {

    private static final String LETTERS = "/api/admin/dead-letters";
    private static final Instant FAILED_AT = Instant.parse("2026-11-21T10:00:00Z");

    @Autowired
    private DeadLetterGauges gauges;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void listHasTheLatestFailureFirstAndSaysWhatIsKnown() {
        var wager = WagerBuilder.aWager().build();
        var early = Letter.refused(wager).failedAt(FAILED_AT);
        var late = Letter.undecodable("rubbish").failedAt(FAILED_AT.plusSeconds(1));
        archive(early, late);

        var list = json(get(LETTERS)).at("/deadLetters");

        assertThat(ids(list)).containsExactly(late.id(), early.id());
        var shown = list.get(1);
        assertThat(shown.at("/status").asText()).isEqualTo("open");
        assertThat(shown.at("/reason").asText()).isEqualTo("rejected-by-database");
        assertThat(shown.at("/fingerprint").asText()).matches("[0-9a-f]{16}");
        assertThat(shown.at("/title").asText()).isEqualTo("Check constraint violation: …");
        assertThat(shown.at("/exceptionMessage").asText()).isEqualTo("Check constraint violation: 'CK_SOME'");
        assertThat(shown.at("/wagerId").asText())
                .isEqualTo(wager.wagerId().value().toString());
        assertThat(shown.at("/accountId").asText())
                .isEqualTo(wager.accountId().value().toString());
        assertThat(shown.at("/provider").asText()).isEqualTo(wager.provider());
        assertThat(shown.at("/attempts").asInt()).isEqualTo(1);
        assertThat(shown.at("/lastFailedAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(list.get(0).at("/wagerId").isNull()).isTrue();
    }

    @Test
    void followingTheLinksShowsEveryLetterOnce() {
        List<UUID> archivedIds = new ArrayList<>();
        for (var i = 0; i < 25; i++) {
            // Many fail at the same time.
            var letter = Letter.undecodable("rubbish " + i).failedAt(FAILED_AT.plusSeconds(i / 10));
            archive(letter);
            archivedIds.addFirst(letter.id());
        }

        assertThat(idsOfAllPages(LETTERS + "?limit=10&status=open&reason=undecodable&text=RUBB"))
                .containsExactlyElementsOf(archivedIds);
    }

    @Test
    void searchByTextLooksIntoABoundedNumberOfLettersAPageAndMissesNone() {
        archive(Letter.undecodable("the needle").failedAt(FAILED_AT.minusSeconds(1)));
        archived.archiveMany(10_500);

        var first = get(LETTERS + "?text=needle");
        var second = get(first.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1"));

        assertThat(json(first).at("/deadLetters")).isEmpty();
        assertThat(json(second).at("/deadLetters")).hasSize(1);
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void everyConditionIsHeldTo() {
        var wager = WagerBuilder.aWager().build();
        var refused = Letter.refused(wager);
        var undecodable = Letter.undecodable("100% rub_bish").in(DeadLetterStatus.DISCARDED);
        archive(refused, undecodable);
        var fingerprint = json(get(LETTERS + "?reason=undecodable"))
                .at("/deadLetters/0/fingerprint")
                .asText();

        assertThat(found("status=open")).containsExactly(refused.id());
        assertThat(found("status=open&status=discarded")).hasSize(2);
        assertThat(found("reason=undecodable")).containsExactly(undecodable.id());
        assertThat(found("fingerprint=" + fingerprint)).containsExactly(undecodable.id());
        assertThat(found("exceptionType=MalformedWager")).containsExactly(undecodable.id());
        assertThat(found("wagerId=" + wager.wagerId().value())).containsExactly(refused.id());
        assertThat(found("accountId=" + wager.accountId().value())).containsExactly(refused.id());
        assertThat(found("provider=" + wager.provider().replace(" ", "%20"))).containsExactly(refused.id());
        assertThat(found("text=ck_some")).containsExactly(refused.id());
        assertThat(found("text=100%25%20RUB_")).containsExactly(undecodable.id());
        assertThat(found("text=rubXbish")).isEmpty();
        assertThat(found("text=rub%25")).isEmpty();
        assertThat(found("from=2026-11-21&to=2026-11-21")).hasSize(2);
        assertThat(found("to=2026-11-20")).isEmpty();
        assertThat(found("from=2026-11-21T10:00:00.0000001Z")).isEmpty();
        assertThat(found("status=resolved&reason=undecodable")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "status=opened, status",
        "reason=bad, reason",
        "fingerprint=xyz, fingerprint",
        "wagerId=1, wagerId",
        "accountId=1, accountId",
        "text=, text",
        "from=yesterday, from",
        "from=0000-01-01, from",
        "from=2026-11-22&to=2026-11-20, to",
        "limit=0, limit",
        "limit=201, limit",
        "cursor=abc, cursor"
    })
    void faultyConditionIsAProblemThatNamesIt(String query, String parameter) {
        for (var path : List.of(LETTERS, LETTERS + "/groups")) {
            var response = get(path + "?" + query);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).at("/errors/0/parameter").asText()).isEqualTo(parameter);
        }
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        archive(Letter.undecodable("a"), Letter.undecodable("b"));
        var link = get(LETTERS + "?limit=1").headers().firstValue("Link").orElseThrow();

        var response = get(link.replaceAll("<(.*)>.*", "$1") + "&status=open");

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=open&status=discarded",
                "reason=undecodable&reason=conflict",
                "reason=undecodable&reason=conflict&status=open&status=discarded",
                "status=open&status=discarded&text=rubbish"
            })
    void lettersOfSeveralValuesComeInOneOrder(String query) {
        List<UUID> archivedIds = new ArrayList<>();
        for (var i = 0; i < 12; i++) {
            var letter = Letter.undecodable("rubbish " + i)
                    .because(i % 3 == 0 ? DeadLetterReason.CONFLICT : DeadLetterReason.UNDECODABLE, "SomeType", "words")
                    .in(i % 2 == 0 ? DeadLetterStatus.OPEN : DeadLetterStatus.DISCARDED)
                    .failedAt(FAILED_AT.plusSeconds(i / 4));
            archive(letter);
            archivedIds.addFirst(letter.id());
        }
        archive(Letter.refused(WagerBuilder.aWager().build()).in(DeadLetterStatus.RESOLVED));

        assertThat(idsOfAllPages(LETTERS + "?limit=5&" + query)).containsExactlyElementsOf(archivedIds);
    }

    @Test
    void lastDayThereIsLeadsOn() {
        var early = Letter.undecodable("a");
        archive(early, Letter.undecodable("b").failedAt(FAILED_AT.plusSeconds(1)));
        var link = get(LETTERS + "?to=9999-12-31&limit=1")
                .headers()
                .firstValue("Link")
                .orElseThrow();

        var response = get(link.replaceAll("<(.*)>.*", "$1"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(ids(json(response).at("/deadLetters"))).containsExactly(early.id());
    }

    @Test
    void countIsByStatusAndByReason() {
        archive(
                Letter.undecodable("a"),
                Letter.undecodable("b").in(DeadLetterStatus.RESOLVED),
                Letter.refused(WagerBuilder.aWager().build()));

        var count = json(get(LETTERS + "/count"));

        assertThat(count.at("/total").asLong()).isEqualTo(3);
        assertThat(count.at("/byStatus/open").asLong()).isEqualTo(2);
        assertThat(count.at("/byStatus/discarded").asLong()).isZero();
        assertThat(count.at("/byReason/undecodable").asLong()).isEqualTo(2);
        assertThat(json(get(LETTERS + "/count?status=resolved")).at("/total").asLong())
                .isEqualTo(1);
    }

    @Test
    void groupsHaveWhatIsLikelyToHaveOneCause() {
        var one = Letter.refused(WagerBuilder.aWager().build())
                .because(DeadLetterReason.REJECTED_BY_DATABASE, "SqlFailure", "value 17 of 'a' is too large");
        var same = Letter.refused(WagerBuilder.aWager()
                        .withId(UUID.randomUUID().toString())
                        .build())
                .because(DeadLetterReason.REJECTED_BY_DATABASE, "SqlFailure", "value 4 of 'b' is too large")
                .failedAt(FAILED_AT.plusSeconds(60));
        var settled = Letter.undecodable("rubbish").in(DeadLetterStatus.RESOLVED);
        archive(one, same, settled);

        var groups = json(get(LETTERS + "/groups")).at("/groups");

        assertThat(groups).hasSize(2);
        var first = groups.get(0);
        assertThat(first.at("/title").asText()).isEqualTo("value … of … is too large");
        assertThat(first.at("/reason").asText()).isEqualTo("rejected-by-database");
        assertThat(first.at("/exceptionType").asText()).isEqualTo("SqlFailure");
        assertThat(first.at("/count").asLong()).isEqualTo(2);
        assertThat(first.at("/byStatus/open").asLong()).isEqualTo(2);
        assertThat(first.at("/firstFailedAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(first.at("/lastFailedAt").asText()).isEqualTo("2026-11-21T10:01:00Z");
        assertThat(first.at("/sampleId").asText()).isEqualTo(same.id().toString());
        assertThat(groups.get(1).at("/byStatus/resolved").asLong()).isEqualTo(1);
    }

    @Test
    void followingTheLinksShowsEveryGroupOnce() {
        for (var i = 0; i < 5; i++) {
            archive(Letter.undecodable("rubbish")
                    .because(DeadLetterReason.UNDECODABLE, "Type" + (char) ('A' + i), "words"));
        }

        List<String> seen = new ArrayList<>();
        var response = get(LETTERS + "/groups?limit=2");
        while (true) {
            json(response)
                    .at("/groups")
                    .forEach(group -> seen.add(group.at("/exceptionType").asText()));
            var link = response.headers().firstValue("Link");
            if (link.isEmpty()) {
                break;
            }
            response = get(link.get().replaceAll("<(.*)>.*", "$1"));
        }

        assertThat(seen).containsExactlyInAnyOrder("TypeA", "TypeB", "TypeC", "TypeD", "TypeE");
    }

    @Test
    void groupsBehindOneThatMovesAreStillShown() {
        for (var type : List.of("TypeA", "TypeA", "TypeA", "TypeB", "TypeB", "TypeC")) {
            archive(Letter.undecodable("rubbish").because(DeadLetterReason.UNDECODABLE, type, "words"));
        }
        var link = get(LETTERS + "/groups?status=open&limit=2")
                .headers()
                .firstValue("Link")
                .orElseThrow();
        jdbc.sql("UPDATE dead_letter SET status = 'requeued' WHERE exception_type = 'TypeB'")
                .update();

        var next = json(get(link.replaceAll("<(.*)>.*", "$1"))).at("/groups");

        assertThat(next).hasSize(1);
        assertThat(next.get(0).at("/exceptionType").asText()).isEqualTo("TypeC");
    }

    @Test
    void detailHasTheMessageAsItCameAndTheTimeline() {
        var letter = Letter.refused(WagerBuilder.aWager().build());
        archive(letter);

        var detail = json(get(LETTERS + "/" + letter.id()));

        assertThat(detail.at("/id").asText()).isEqualTo(letter.id().toString());
        assertThat(detail.at("/message/headers/schema-version").asInt()).isEqualTo(1);
        assertThat(detail.at("/message/type").asText()).isEqualTo("casino-wager");
        assertThat(detail.at("/message/body/bytes").asInt()).isEqualTo(letter.body().length);
        assertThat(detail.at("/message/body/text").asText()).startsWith("{\"wagerId\"");
        assertThat(detail.at("/message/body/json/amount").decimalValue()).isEqualByComparingTo("6776.968566761588");
        assertThat(detail.at("/stackTrace").asText()).isEqualTo("at some.Place");
        assertThat(detail.at("/timeline")).hasSize(1);
        assertThat(detail.at("/timeline/0/kind").asText()).isEqualTo("failed");
        assertThat(detail.at("/edited").isNull()).isTrue();
        assertThat(detail.at("/stored").isNull()).isTrue();
    }

    @Test
    void bodyThatIsNoTextIsShownInBase64() {
        var letter = Letter.undecodable("");
        var binary = new Letter(
                letter.id(),
                letter.status(),
                letter.reason(),
                letter.exceptionType(),
                letter.exceptionMessage(),
                null,
                new byte[] {(byte) 0xff, 0, 1},
                1,
                FAILED_AT);
        archive(binary);

        var body = json(get(LETTERS + "/" + letter.id())).at("/message/body");

        assertThat(body.at("/base64").asText()).isEqualTo("/wAB");
        assertThat(body.at("/text").isNull()).isTrue();
        assertThat(body.at("/json").isNull()).isTrue();
    }

    @Test
    void conflictHasBothContentsSideBySide() {
        var stays = WagerBuilder.aWager().build();
        var other = WagerBuilder.aWager()
                .withId(stays.wagerId())
                .by(stays.accountId())
                .of("99.5")
                .build();
        stored.store(stays);
        var letter = Letter.refused(other)
                .because(DeadLetterReason.CONFLICT, "WagerConflict", "the wagerId is stored already");
        archive(letter);

        var detail = json(get(LETTERS + "/" + letter.id()));

        assertThat(detail.at("/stored/wager/amount").decimalValue()).isEqualByComparingTo(stays.amount());

        assertThat(detail.at("/stored/sameContent").asBoolean()).isFalse();
        assertThat(detail.at("/stored/diff/changes")).hasSize(1);
        assertThat(detail.at("/stored/diff/changes/0/pointer").asText()).isEqualTo("/amount");
        assertThat(detail.at("/stored/diff/changes/0/to").decimalValue()).isEqualByComparingTo("99.5");
        assertThat(detail.at("/message/body/json/amount").decimalValue()).isEqualByComparingTo("99.5");
    }

    @Test
    void otherSpellingOfWhatIsStoredIsNoDifference() {
        var wager = WagerBuilder.aWager().build();
        stored.store(wager);
        var spelt = new String(WagerEncoder.encode(wager), StandardCharsets.UTF_8)
                .replace("\"wagerId\":", "\"unknown\":1,\"WagerId\":")
                .replace(wager.wagerId().toString(), wager.wagerId().toString().toUpperCase(Locale.ROOT));
        var letter = Letter.refused(wager).saying(spelt);
        archive(letter);

        var detail = json(get(LETTERS + "/" + letter.id()));

        assertThat(detail.at("/message/body/text").asText()).isEqualTo(spelt);
        assertThat(detail.at("/stored/sameContent").asBoolean()).isTrue();
        assertThat(detail.at("/stored/diff/changes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"amount\":1e1000000000}", "{\"amount\":1e-99999}", "{\"amount\":[[1e2147483648]]}"})
    void absurdNumberIsShownAsTextAndStopsNoExport(String body) {
        showsAsTextOnly(body);
    }

    @Test
    void absurdNestingIsShownAsTextAndStopsNoExport() {
        showsAsTextOnly("[".repeat(999) + "]".repeat(999));
    }

    private void showsAsTextOnly(String body) {
        var letter = Letter.undecodable(body);
        archive(letter, Letter.undecodable("after"));

        var detail = json(get(LETTERS + "/" + letter.id()));
        var export = get(LETTERS + "/export");

        assertThat(detail.at("/message/body/text").asText()).isEqualTo(body);
        assertThat(detail.at("/message/body/json").isNull()).isTrue();
        assertThat(export.body().lines()).hasSize(2);
    }

    @Test
    void letterWhoseWagerIsStoredSaysSo() {
        var wager = WagerBuilder.aWager().build();
        stored.store(wager);
        var letter = Letter.refused(wager);
        archive(letter);

        var detail = json(get(LETTERS + "/" + letter.id()));

        assertThat(detail.at("/stored/sameContent").asBoolean()).isTrue();
        assertThat(detail.at("/stored/diff/changes")).isEmpty();
    }

    @Test
    void unknownLetterIsAProblem() {
        var response = get(LETTERS + "/" + UUID.randomUUID());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/type").asText()).isEqualTo("urn:wager:problem:dead-letter-unknown");
    }

    @Test
    void exportHasEveryLetterInFullOnALine() {
        for (var i = 0; i < 450; i++) {
            archive(Letter.undecodable("rubbish " + i));
        }
        archive(Letter.refused(WagerBuilder.aWager().build()));

        var response = get(LETTERS + "/export?reason=undecodable");

        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        var lines = response.body().lines().map(ApiTest::json).toList();
        assertThat(lines).hasSize(450);
        assertThat(lines.getFirst().at("/message/body/text").asText()).isEqualTo("rubbish 0");
        assertThat(lines.getLast().at("/message/body/text").asText()).isEqualTo("rubbish 449");
        assertThat(lines.getLast().at("/timeline")).hasSize(1);
    }

    @Test
    void exportThatFailsInItsMiddleIsNotTakenForAWholeOne() {
        for (var i = 0; i < 50; i++) {
            archive(Letter.undecodable("rubbish " + i));
        }
        var last = Letter.undecodable("the last");
        archive(last);
        jdbc.sql("UPDATE dead_letter_content SET headers = 'broken' WHERE dead_letter_id = ?")
                .param(Columns.bytes(last.id()))
                .update();

        assertThatThrownBy(() -> get(LETTERS + "/export")).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void fateOfADeadLetteredWagerNamesItsLetter() {
        var wager = WagerBuilder.aWager().build();
        var letter = Letter.refused(wager).in(DeadLetterStatus.REQUEUED);
        archive(letter);

        var fate = json(get(SINGLE + "/" + wager.wagerId().value()));

        assertThat(fate.at("/status").asText()).isEqualTo("dead-lettered");
        assertThat(fate.at("/deadLetterId").asText()).isEqualTo(letter.id().toString());
        assertThat(fate.at("/reason").asText()).isEqualTo("rejected-by-database");
        assertThat(fatesOf(wager)).isEqualTo("dead-lettered");
    }

    @Test
    void storedWagerIsStoredWhateverItsLettersSay() {
        var wager = WagerBuilder.aWager().build();
        stored.store(wager);
        archive(Letter.refused(wager));

        assertThat(json(get(SINGLE + "/" + wager.wagerId().value()))
                        .at("/status")
                        .asText())
                .isEqualTo("stored");
        assertThat(fatesOf(wager)).isEqualTo("stored");
    }

    @Test
    void resolvedLetterIsNoFate() {
        var wager = WagerBuilder.aWager().build();
        archive(Letter.refused(wager).in(DeadLetterStatus.RESOLVED));

        assertThat(get(SINGLE + "/" + wager.wagerId().value()).statusCode()).isEqualTo(404);
        assertThat(fatesOf(wager)).isEqualTo("unknown");
    }

    @Test
    void gaugesCountWhatIsOpen() {
        archive(
                Letter.undecodable("a").failedAt(Instant.parse("2026-11-21T11:00:00Z")),
                Letter.undecodable("b").in(DeadLetterStatus.DISCARDED));

        gauges.read();

        assertThat(meters.get("wager.dead.letters.open")
                        .tag("reason", "undecodable")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("wager.dead.letters.open")
                        .tag("reason", "conflict")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("wager.dead.letters.oldest.open.age").gauge().value())
                .isEqualTo(3_600);
    }

    private void archive(Letter... letters) {
        for (var letter : letters) {
            archived.archive(letter);
        }
    }

    private String fatesOf(Wager wager) {
        HttpResponse<String> response =
                post(SINGLE + "/fates", "{\"wagerIds\":[\"" + wager.wagerId().value() + "\"]}");
        return json(response).at("/fates/0/status").asText();
    }

    private List<UUID> idsOfAllPages(String first) {
        List<UUID> seen = new ArrayList<>();
        var response = get(first);
        while (true) {
            seen.addAll(ids(json(response).at("/deadLetters")));
            var link = response.headers().firstValue("Link");
            if (link.isEmpty()) {
                return seen;
            }
            response = get(link.get().replaceAll("<(.*)>.*", "$1"));
        }
    }

    private List<UUID> found(String query) {
        var response = get(LETTERS + "?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ids(json(response).at("/deadLetters"));
    }

    private static List<UUID> ids(JsonNode letters) {
        List<UUID> ids = new ArrayList<>();
        letters.forEach(letter -> ids.add(UUID.fromString(letter.at("/id").asText())));
        return ids;
    }
}
