package io.wager.consumer.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wager.consumer.schema.TestSchema;
import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import io.wager.consumer.store.StoreProperties;
import io.wager.consumer.store.StoreTransactions;
import io.wager.core.deadletter.DeadLetterIdentity;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.Failure;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.Message;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.WagerDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** What the archive promises; subclasses say on which database. */
abstract class DeadLetterArchiveContract {

    private static final Instant NOW = Instant.parse("2026-11-21T10:11:12.131415Z");

    private final DeadLetterReader reader =
            new DeadLetterReader(new WagerDecoder(Duration.ofMinutes(5)), Clock.fixed(NOW, ZoneOffset.UTC));
    private DeadLetterArchive archive;
    private ArchivedDeadLetters archived;

    /** A database with the schema, used by all tests of the class: each empties it first. */
    abstract DataSource dataSource();

    /** The same with the rights of the account that the tested code has. */
    DataSource serviceDataSource() {
        return dataSource();
    }

    @BeforeEach
    void emptyTables() {
        archived = new ArchivedDeadLetters(dataSource());
        archived.deleteAll();
        archive = newArchive();
    }

    private DeadLetterArchive newArchive() {
        return new JdbcDeadLetterArchive(transactions(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private StoreTransactions transactions() {
        return new StoreTransactions(
                serviceDataSource(), new StoreProperties(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000));
    }

    @Test
    void aRehearsalLeavesNothingBehind() {
        archive.rehearse();

        assertThat(TestTable.values())
                .allSatisfy(table ->
                        assertThat(archived.count(table)).as(table.name()).isZero());
    }

    @Test
    void everythingOfADeadLetterIsReadBackAsItCame() {
        var wager = aWager().on("Søn & 'Daughter'", "Dice").build();
        var message = DeadMessages.dead(
                DeadMessages.published(wager)
                        .withHeaders(Map.of("traceparent", "00-ab-cd-01", "x-retries", 7L, "x-on", true)),
                DeadLetterReason.REJECTED_BY_DATABASE,
                new Failure("java.sql.SQLException", "row 17 is refused by 'ck_it'", "at some.Place\n\tat other.Place"),
                DeadMessages.FAILED_AT);

        assertThat(archive(message)).containsExactly(ArchiveOutcome.ARCHIVED);

        var letter = archived.only();
        var fingerprint = Fingerprint.of(
                DeadLetterReason.REJECTED_BY_DATABASE, "java.sql.SQLException", "row 17 is refused by 'ck_it'");
        assertThat(letter)
                .isEqualTo(new ArchivedDeadLetters.Row(
                        DeadLetterIdentity.of(message).deadLetterId(),
                        "open",
                        "rejected-by-database",
                        fingerprint.value(),
                        fingerprint.title(),
                        "java.sql.SQLException",
                        "row 17 is refused by 'ck_it'",
                        wager.wagerId().value(),
                        wager.accountId().value(),
                        "Søn & 'Daughter'",
                        new String(message.body(), StandardCharsets.UTF_8),
                        1,
                        0,
                        0,
                        0,
                        DeadMessages.FAILED_AT,
                        DeadMessages.FAILED_AT,
                        NOW,
                        NOW,
                        false));
        var content = archived.content(letter.id());
        assertThat(content.body()).isEqualTo(message.body());
        assertThat(HeaderJson.read(content.headers())).isEqualTo(message.headers());
        assertThat(content)
                .returns(wager.wagerId().toString(), ArchivedDeadLetters.Content::messageId)
                .returns(MessageHeaders.WAGER_TYPE, ArchivedDeadLetters.Content::type)
                .returns(MessageHeaders.JSON, ArchivedDeadLetters.Content::contentType)
                .returns("request-1", ArchivedDeadLetters.Content::correlationId)
                .returns(DeadMessages.PUBLISHED_AT, ArchivedDeadLetters.Content::publishedAt)
                .returns("at some.Place\n\tat other.Place", ArchivedDeadLetters.Content::stackTrace);
        assertThat(archived.events(letter.id()))
                .containsExactly(new ArchivedDeadLetters.Event(
                        "failed",
                        DeadMessages.FAILED_AT,
                        null,
                        "rejected-by-database",
                        "java.sql.SQLException",
                        "row 17 is refused by 'ck_it'"));
    }

    @Test
    void whateverAMessageIsMadeOfIsArchived() {
        var garbage = new byte[256];
        for (var i = 0; i < garbage.length; i++) {
            garbage[i] = (byte) i;
        }
        var foreign = new Message(null, null, null, null, Instant.MAX, Map.of(), garbage);
        var empty = new Message("", "", "", "", null, Map.of(), new byte[0]);
        var broken = "x\0y\ud800z\udc00";
        var hostile = DeadMessages.dead(
                new Message(
                        broken,
                        broken,
                        broken,
                        broken,
                        Instant.MIN,
                        Map.of(broken, broken, MessageHeaders.SCHEMA_VERSION, Long.MIN_VALUE),
                        ("{\"provider\":\"\\u0000\\ud800" + "p".repeat(300) + "\"}").getBytes(StandardCharsets.UTF_8)),
                DeadLetterReason.RETRIES_EXHAUSTED,
                new Failure("T\0" + "t".repeat(400), broken + "🎲".repeat(4_000), broken + "s".repeat(9_000)),
                DeadMessages.FAILED_AT);

        assertThat(archive(foreign, empty, hostile)).containsOnly(ArchiveOutcome.ARCHIVED);

        var bodies = archived.all().stream()
                .map(letter -> archived.content(letter.id()).body())
                .toList();
        assertThat(bodies).hasSize(3).anySatisfy(body -> assertThat(body).isEqualTo(garbage));
        assertThat(archived.all())
                .anySatisfy(letter -> assertThat(letter.exceptionMessage()).startsWith("x\ufffdy\ufffdz\ufffd🎲"))
                .anySatisfy(letter -> assertThat(letter.provider())
                        .isNotNull()
                        .startsWith("\ufffd\ufffdppp")
                        .hasSize(200));
    }

    @Test
    void aBodyOfSeveralMebibytesIsArchived() {
        var body = new byte[3 * 1024 * 1024];
        Arrays.fill(body, (byte) 'x');
        var message = DeadMessages.dead(DeadMessages.published("big", body, "request-1"));

        archive(message);

        assertThat(archived.content(archived.only().id()).body()).isEqualTo(body);
        assertThat(archived.only().searchText()).hasSize(4_000);
    }

    @Test
    void theSameFailureArchivedTwiceIsOneRow() {
        var message = DeadMessages.dead(DeadMessages.published("{}"));

        var first = archive(message);
        var again = archive(message, message);

        assertThat(first).containsExactly(ArchiveOutcome.ARCHIVED);
        assertThat(again).containsOnly(ArchiveOutcome.KNOWN);
        assertThat(archived.only().attempts()).isOne();
        assertThat(archived.count(TestTable.DEAD_LETTER_CONTENT)).isOne();
        assertThat(archived.count(TestTable.DEAD_LETTER_EVENT)).isOne();
    }

    @Test
    void theSameFailureTwiceInABatchIsOneRow() {
        var message = DeadMessages.dead(DeadMessages.published("{}"));

        assertThat(archive(message, message)).containsExactly(ArchiveOutcome.ARCHIVED, ArchiveOutcome.KNOWN);

        assertThat(archived.only().attempts()).isOne();
        assertThat(archived.count(TestTable.DEAD_LETTER_EVENT)).isOne();
    }

    @Test
    void tenPublishingsOfOneContentAreOneLetterWithTenFailures() {
        var publishings = IntStream.range(0, 10)
                .mapToObj(i -> DeadMessages.dead(
                        DeadMessages.published("one", new byte[] {'{'}, "request-" + i),
                        DeadLetterReason.UNDECODABLE,
                        Failure.of("MalformedWager", "attempt " + i),
                        DeadMessages.FAILED_AT.plusSeconds(i)))
                .toArray(Message[]::new);

        var outcomes = archive(publishings);
        var moreOutcomes = archive(DeadMessages.dead(DeadMessages.published("one", new byte[] {'{'}, "request-10")));

        assertThat(outcomes.getFirst()).isEqualTo(ArchiveOutcome.ARCHIVED);
        assertThat(outcomes.subList(1, 10)).containsOnly(ArchiveOutcome.FAILED_AGAIN);
        assertThat(moreOutcomes).containsExactly(ArchiveOutcome.FAILED_AGAIN);
        assertThat(archived.only())
                .returns(11, ArchivedDeadLetters.Row::attempts)
                .returns(DeadMessages.FAILED_AT, ArchivedDeadLetters.Row::firstFailedAt)
                .returns(DeadMessages.FAILED_AT.plusSeconds(9), ArchivedDeadLetters.Row::lastFailedAt)
                .returns("invalid", ArchivedDeadLetters.Row::reason);
        assertThat(archived.count(TestTable.DEAD_LETTER_EVENT)).isEqualTo(11);
        assertThat(archived.count(TestTable.DEAD_LETTER_CONTENT)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "requeued"})
    void aRequeueThatFailsOpensItsLetterAndEndsTheClaim(String statusBefore) {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        archive(dead);
        var id = archived.only().id();
        archived.requeue(id, 1, statusBefore);
        var again = DeadMessages.failedAgain(dead, id, 1, DeadLetterReason.CONFLICT, "stored with other content");

        assertThat(archive(again)).containsExactly(ArchiveOutcome.FAILED_AGAIN);
        assertThat(archive(again)).containsExactly(ArchiveOutcome.KNOWN);

        assertThat(archived.only())
                .returns("open", ArchivedDeadLetters.Row::status)
                .returns(false, ArchivedDeadLetters.Row::isClaimed)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns(1, ArchivedDeadLetters.Row::requeues)
                .returns(1, ArchivedDeadLetters.Row::failedRequeue)
                .returns("conflict", ArchivedDeadLetters.Row::reason)
                .returns("StillWrong", ArchivedDeadLetters.Row::exceptionType)
                .returns("stored with other content", ArchivedDeadLetters.Row::exceptionMessage)
                .returns(
                        Fingerprint.of(DeadLetterReason.CONFLICT, "StillWrong", "stored with other content")
                                .value(),
                        ArchivedDeadLetters.Row::fingerprint)
                .returns(DeadMessages.FAILED_AT, ArchivedDeadLetters.Row::firstFailedAt)
                .returns(NOW, ArchivedDeadLetters.Row::lastFailedAt);
        assertThat(archived.events(id))
                .extracting(ArchivedDeadLetters.Event::kind, ArchivedDeadLetters.Event::requeueNumber)
                .containsExactly(tuple("failed", null), tuple("failed", 1));
        assertThat(archived.content(id).body()).isEqualTo(dead.body());
    }

    @Test
    void aRequeueWithAnEditedBodyFailsOnItsOwnLetter() {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        archive(dead);
        var id = archived.only().id();
        archived.requeue(id, 1, "requeued");
        var edited = new Requeue(id, 1).edited(dead, UUID.randomUUID(), new byte[] {'[', ']'});

        archive(DeadMessages.dead(edited));

        assertThat(archived.only().attempts()).isEqualTo(2);
        assertThat(archived.content(id).body()).as("the original is kept").isEqualTo(dead.body());
    }

    @Test
    void anEarlierRequeueThatFailsLateLeavesTheLaterOneUnderWay() {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        archive(dead);
        var id = archived.only().id();
        archived.requeue(id, 2, "requeued");

        archive(DeadMessages.failedAgain(dead, id, 1, DeadLetterReason.RETRIES_EXHAUSTED, "late"));

        assertThat(archived.only())
                .returns("requeued", ArchivedDeadLetters.Row::status)
                .returns(true, ArchivedDeadLetters.Row::isClaimed)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns(1, ArchivedDeadLetters.Row::failedRequeue)
                .returns(2, ArchivedDeadLetters.Row::requeues);
    }

    @Test
    void aRequeueThatWasResolvedAndFailsAllTheSameStaysResolved() {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        var other = DeadMessages.dead(DeadMessages.published("{}"));
        archive(dead);
        var id = archived.only().id();
        archived.requeue(id, 1, "resolved");
        archived.addResolved(id, 1);

        archive(DeadMessages.failedAgain(dead, id, 1, DeadLetterReason.RETRIES_EXHAUSTED, "came twice"), other);

        assertThat(archived.all().getFirst())
                .returns("resolved", ArchivedDeadLetters.Row::status)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns(0, ArchivedDeadLetters.Row::failedRequeue);
        assertThat(archived.events(id)).hasSize(3);
        assertThat(archived.count(TestTable.DEAD_LETTER)).isEqualTo(2);
    }

    @Test
    void aLaterRequeueThatFailsOpensAResolvedLetter() {
        var dead = DeadMessages.dead(DeadMessages.published("{}"));
        archive(dead);
        var id = archived.only().id();
        archived.requeue(id, 2, "resolved");
        archived.addResolved(id, 1);

        archive(DeadMessages.failedAgain(dead, id, 2, DeadLetterReason.CONFLICT, "the edit was other content"));

        assertThat(archived.only())
                .returns("open", ArchivedDeadLetters.Row::status)
                .returns(2, ArchivedDeadLetters.Row::failedRequeue)
                .returns(NOW, ArchivedDeadLetters.Row::statusChangedAt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolved", "discarded"})
    void whatWasSettledIsOpenWhenAClientPublishesItOnceMore(String statusBefore) {
        archive(DeadMessages.dead(DeadMessages.published("one", new byte[] {'{'}, "request-1")));
        var id = archived.only().id();
        archived.setStatus(id, statusBefore, DeadMessages.FAILED_AT);

        archive(DeadMessages.dead(DeadMessages.published("one", new byte[] {'{'}, "request-2")));

        assertThat(archived.only())
                .returns("open", ArchivedDeadLetters.Row::status)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns(NOW, ArchivedDeadLetters.Row::statusChangedAt);
    }

    @Test
    void aRequeueUnderWayIsLeftAloneWhenAClientPublishesTheSameOnceMore() {
        archive(DeadMessages.dead(DeadMessages.published("one", new byte[] {'{'}, "request-1")));
        var id = archived.only().id();
        archived.requeue(id, 1, "requeued");

        archive(DeadMessages.dead(DeadMessages.published("one", new byte[] {'{'}, "request-2")));

        assertThat(archived.only())
                .returns("requeued", ArchivedDeadLetters.Row::status)
                .returns(true, ArchivedDeadLetters.Row::isClaimed)
                .returns(2, ArchivedDeadLetters.Row::attempts)
                .returns(0, ArchivedDeadLetters.Row::failedRequeue);
    }

    @Test
    void aRequeueOfALetterThatIsNotThereIsArchivedUnderItsId() {
        var id = UUID.randomUUID();

        archive(DeadMessages.failedAgain(
                DeadMessages.dead(DeadMessages.published("{}")),
                id,
                3,
                DeadLetterReason.INVALID,
                "restored from backup"));

        assertThat(archived.only())
                .returns(id, ArchivedDeadLetters.Row::id)
                .returns("open", ArchivedDeadLetters.Row::status)
                .returns(3, ArchivedDeadLetters.Row::requeues)
                .returns(3, ArchivedDeadLetters.Row::failedRequeue);
    }

    @Test
    void archiversOfTheSameFailuresAtOnceLeaveEachOnce() throws Exception {
        var messages = IntStream.range(0, 200)
                .mapToObj(i -> DeadMessages.dead(
                        DeadMessages.published("m" + i / 2, new byte[] {(byte) (i / 2)}, "request-" + i % 2)))
                .toList();
        var archivers = new ArrayList<Callable<Long>>();
        for (var archiver = 0; archiver < 4; archiver++) {
            var own = newArchive();
            archivers.add(() -> IntStream.range(0, 10)
                    .mapToObj(i -> archiveWithRetries(own, messages.subList(i * 20, i * 20 + 20)))
                    .flatMap(List::stream)
                    .filter(outcome -> outcome != ArchiveOutcome.KNOWN)
                    .count());
        }

        var counted = 0L;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(archivers)) {
                counted += result.get();
            }
        }

        assertThat(counted).as("failures that somebody archived").isEqualTo(200);
        assertThat(archived.all())
                .hasSize(100)
                .allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(2));
        assertThat(archived.count(TestTable.DEAD_LETTER_CONTENT)).isEqualTo(100);
        assertThat(archived.count(TestTable.DEAD_LETTER_EVENT)).isEqualTo(200);
    }

    @Test
    void lettersWhoseTimeIsOverAreDeletedWithAllTheirParts() {
        archive(IntStream.range(0, 8)
                .mapToObj(i -> DeadMessages.dead(DeadMessages.published("{\"n\":" + i)))
                .toArray(Message[]::new));
        var ids = archived.all().stream().map(ArchivedDeadLetters.Row::id).toList();
        ids.forEach(archived::addEdit);
        archived.setStatus(ids.get(0), "resolved", NOW.minus(Duration.ofDays(31)));
        archived.setStatus(ids.get(1), "resolved", NOW.minus(Duration.ofDays(29)));
        archived.setStatus(ids.get(2), "discarded", NOW.minus(Duration.ofDays(91)));
        archived.setStatus(ids.get(3), "discarded", NOW.minus(Duration.ofDays(89)));
        archived.setStatus(ids.get(4), "open", NOW.minus(Duration.ofDays(10_000)));
        archived.setStatus(ids.get(5), "requeued", NOW.minus(Duration.ofDays(10_000)));
        archived.setStatus(ids.get(6), "resolved", NOW.minus(Duration.ofDays(31)));
        archived.setStatus(ids.get(7), "resolved", NOW.minus(Duration.ofDays(10_000)));
        archived.setJob(ids.get(7), UUID.randomUUID());
        var meters = new SimpleMeterRegistry();

        retention(meters, 500).deleteAll();

        assertThat(archived.all())
                .extracting(ArchivedDeadLetters.Row::id)
                .containsExactly(ids.get(1), ids.get(3), ids.get(4), ids.get(5), ids.get(7));
        assertThat(archived.rowsOf(ids.get(0)).values()).containsOnly(0);
        assertThat(archived.rowsOf(ids.get(2)).values()).containsOnly(0);
        assertThat(archived.rowsOf(ids.get(1)).values()).containsOnly(1);
        assertThat(deleted(meters, "resolved")).isEqualTo(2);
        assertThat(deleted(meters, "discarded")).isEqualTo(1);
    }

    @Test
    void severalInstancesDeleteEachLetterOnce() throws Exception {
        archive(IntStream.range(0, 230)
                .mapToObj(i -> DeadMessages.dead(DeadMessages.published("{\"n\":" + i)))
                .toArray(Message[]::new));
        archived.all().forEach(letter -> archived.setStatus(letter.id(), "resolved", NOW.minus(Duration.ofDays(60))));
        var meters = new SimpleMeterRegistry();
        Callable<Integer> deleting = () -> {
            var retention = retention(meters, 20);
            for (var attempt = 0; archived.count(TestTable.DEAD_LETTER) > 0; attempt++) {
                deleteUnlessOthersAreInTheWay(retention, attempt);
            }
            return 0;
        };

        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var result : threads.invokeAll(List.of(deleting, deleting, deleting))) {
                result.get();
            }
        }

        assertThat(deleted(meters, "resolved")).isEqualTo(230);
        assertThat(archived.count(TestTable.DEAD_LETTER_CONTENT)).isZero();
        assertThat(archived.count(TestTable.DEAD_LETTER_EVENT)).isZero();
    }

    /** A lost race passes, as at the next interval. */
    private static void deleteUnlessOthersAreInTheWay(DeadLetterRetention retention, int attempt) {
        try {
            retention.deleteAll();
        } catch (DataAccessException e) {
            if (Kind.of(e) != Kind.CONTENTION || attempt == 100) {
                throw e;
            }
        }
    }

    private DeadLetterRetention retention(SimpleMeterRegistry meters, int batchSize) {
        var properties = new DeadLetterProperties(
                100,
                null,
                Duration.ofMillis(100),
                1,
                Duration.ofDays(30),
                Duration.ofDays(90),
                Duration.ofMinutes(1),
                batchSize);
        return new DeadLetterRetention(
                new SettledDeadLetterRepository(transactions()),
                properties,
                TestSchema.openGate(),
                new DeadLetterMetrics(meters),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static double deleted(SimpleMeterRegistry meters, String status) {
        return meters.get("wager.dead.letters.deleted")
                .tag("status", status)
                .counter()
                .count();
    }

    @Test
    void aThousandLettersAreOneTransaction() {
        var messages = IntStream.range(0, 1_000)
                .mapToObj(i -> DeadMessages.dead(DeadMessages.published("{\"n\":" + i)))
                .toArray(Message[]::new);

        assertThat(archive(messages)).hasSize(1_000).containsOnly(ArchiveOutcome.ARCHIVED);
        assertThat(archive(messages)).hasSize(1_000).containsOnly(ArchiveOutcome.KNOWN);
        assertThat(archived.count(TestTable.DEAD_LETTER)).isEqualTo(1_000);
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(archive.archive(List.of())).isEmpty();
    }

    /** As the writer does it: a lost race for a key passes. */
    private List<ArchiveOutcome> archiveWithRetries(DeadLetterArchive own, List<Message> messages) {
        var failures = messages.stream().map(reader::read).toList();
        for (var attempt = 1; ; attempt++) {
            try {
                return own.archive(failures);
            } catch (StoreException e) {
                if (!Kind.PASSING.contains(e.kind()) || attempt == 50) {
                    throw e;
                }
            }
        }
    }

    private List<ArchiveOutcome> archive(Message... messages) {
        return archive.archive(Stream.of(messages).map(reader::read).toList());
    }
}
