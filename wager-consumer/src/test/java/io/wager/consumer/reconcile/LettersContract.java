package io.wager.consumer.reconcile;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.schema.TestTable;
import io.wager.consumer.store.IdBytes;
import io.wager.consumer.store.TestStore;
import io.wager.consumer.store.WagerStore;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What reconcile promises of dead letters, and of the wagers of a client's file, on every database; subclasses say on which. */
abstract class LettersContract {

    @TempDir
    private Path folder;

    private JdbcTemplate jdbc;
    private WagerStore store;

    /** A database with the schema, used by all tests of the class: each empties it first. */
    abstract DataSource dataSource();

    /** The same with the rights of the account that the tested code has. */
    DataSource serviceDataSource() {
        return dataSource();
    }

    @BeforeEach
    void emptyTables() {
        jdbc = new JdbcTemplate(dataSource());
        TestTable.deleteAll(jdbc);
        store = TestStore.on(dataSource());
    }

    @Test
    void lettersWhoseOutcomeIsThereAreCountedAndFine() throws Exception {
        var asItCame = aWager().build();
        var edited = aWager().of("7").build();
        var first = aWager().of("1").build();
        var second = sameIdAs(first, "2");
        TestStore.store(store, asItCame, edited, first);
        TestStore.store(store, second);
        addLetter("resolved", "rejected-by-database", asItCame, age(1));
        addEdit(addLetter("resolved", "conflict", second, age(1)), edited);
        addLetter("open", "conflict", second, age(1));
        addLetter("requeued", "invalid", null, Duration.ofMinutes(30));
        addLetter("open", "undecodable", null, age(40));

        var run = run().requireConsistent();

        assertThat(run.report().at("/deadLetters/conflicts").asInt()).isOne();
        assertThat(run.report().at("/deadLetters/counts").toString())
                .contains("{\"reason\":\"conflict\",\"status\":\"open\",\"count\":1}")
                .contains("{\"reason\":\"conflict\",\"status\":\"resolved\",\"count\":1}")
                .contains("{\"reason\":\"undecodable\",\"status\":\"open\",\"count\":1}");
    }

    @Test
    void aResolvedLetterWhoseWagerIsNotStoredWithItsContentIsFound() throws Exception {
        var stored = aWager().of("1").build();
        TestStore.store(store, stored);
        var other = addLetter("resolved", "invalid", sameIdAs(stored, "2"), age(1));
        var nowhere = addLetter("resolved", "invalid", aWager().build(), age(1));
        var unreadable = addLetter("resolved", "undecodable", null, age(1));

        var run = run();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.kinds()).containsExactly("resolved-not-stored", "resolved-not-stored", "resolved-not-stored");
        assertThat(run.report().toString()).contains(other.toString(), nowhere.toString(), unreadable.toString());
    }

    @Test
    void aRequeuedLetterThatIsNotHeardOfIsFoundAfterItsTime() throws Exception {
        var letter = addLetter("requeued", "invalid", aWager().build(), Duration.ofMinutes(90));

        assertThat(run().finding("requeue-overdue").get("deadLetterId").asText())
                .isEqualTo(letter.toString());
        run("--overdue", "2h").requireConsistent();
        assertThat(run("--repair").exitCode()).isEqualTo(1);
    }

    @Test
    void conflictsAndTheirLettersAreFoundWhereOneIsWithoutTheOther() throws Exception {
        var first = aWager().of("1").build();
        TestStore.store(store, first);
        var withoutConflict = addLetter("open", "conflict", sameIdAs(first, "2"), age(1));
        addConflict(sameIdAs(first, "3"), age(1));
        addConflict(sameIdAs(first, "4"), age(31));
        addConflict(sameIdAs(first, "5"), Duration.ofMinutes(1));
        var withoutWager = aWager().build();
        addConflict(withoutWager, age(31));
        var underAnotherId = sameIdAs(first, "6");
        addConflict(underAnotherId, age(1));
        addEdit(addLetter("open", "invalid", aWager().build(), age(1)), underAnotherId);

        var run = run();

        assertThat(run.kinds())
                .containsExactly("conflict-without-letter", "conflict-without-wager", "letter-without-conflict");
        assertThat(run.finding("conflict-without-letter").toString())
                .contains(ContentHash.of(sameIdAs(first, "3")).toString());
        assertThat(run.finding("conflict-without-wager").get("wagerId").asText())
                .isEqualTo(withoutWager.wagerId().toString());
        assertThat(run.finding("letter-without-conflict").get("deadLetterId").asText())
                .isEqualTo(withoutConflict.toString());
    }

    @Test
    void everyAcceptedWagerHasItsFate() throws Exception {
        var stored = aWager().build();
        var conflicting = aWager().of("1").build();
        var requeued = aWager().build();
        var discarded = aWager().build();
        var missing = aWager().build();
        TestStore.store(store, stored, conflicting);
        TestStore.store(store, sameIdAs(conflicting, "2"));
        addLetter("open", "conflict", sameIdAs(conflicting, "2"), age(0));
        addLetter("requeued", "invalid", requeued, age(0));
        addLetter("discarded", "invalid", requeued, age(0));
        addLetter("discarded", "invalid", discarded, age(0));
        var fates = folder.resolve("fates.ndjson");
        var lines = "\uFEFF" + stored.wagerId().toString().toUpperCase(Locale.ROOT) + "\r\n"
                + "\n"
                + "{\"amount\":1.5e3,\"nested\":{\"wagerId\":1},\"WAGERID\":\"" + conflicting.wagerId() + "\"}\n"
                + "  \"" + requeued.wagerId() + "\"\n"
                + new String(WagerEncoder.encode(discarded), StandardCharsets.UTF_8) + "\n"
                + missing.wagerId() + "\n"
                + stored.wagerId();

        var run = run(in(lines), "--accepted", "-", "--fates", fates.toString(), "--settle", "0s");

        assertThat(Files.readAllLines(fates))
                .containsExactlyInAnyOrder(
                        fate(1, stored, "\"stored\""),
                        fate(3, conflicting, "\"conflict\""),
                        fate(4, requeued, "\"dead-lettered\",\"letter\":\"requeued\""),
                        fate(5, discarded, "\"dead-lettered\",\"letter\":\"discarded\""),
                        fate(6, missing, "\"missing\""),
                        fate(7, stored, "\"stored\""));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.kinds()).containsExactly("accepted-missing");
        assertThat(run.finding("accepted-missing").get("line").asInt()).isEqualTo(6);
        assertThat(run.report().get("accepted").toString())
                .isEqualTo("{\"lines\":6,\"broken\":0,\"stored\":2,\"conflict\":1,\"deadLettered\":2,\"missing\":1,"
                        + "\"letters\":{\"discarded\":1,\"requeued\":1}}");
    }

    @Test
    void linesThatAreBrokenAreNamedAndTheOthersStillCount() throws Exception {
        var stored = aWager().build();
        TestStore.store(store, stored);
        var lines = Stream.of(
                        "{\"wagerId\":",
                        "{\"accountId\":\"" + stored.wagerId() + "\"}",
                        "not an id",
                        "{\"wagerId\":\"" + stored.wagerId() + "\"} trailing",
                        "{\"wagerId\":17}",
                        stored.wagerId() + "0",
                        "\"",
                        stored.wagerId().toString())
                .collect(Collectors.joining("\n"));

        var run = run(in(lines), "--accepted", "-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.report().at("/accepted/broken").asInt()).isEqualTo(7);
        assertThat(run.report().at("/accepted/stored").asInt()).isEqualTo(1);
        assertThat(run.kinds()).hasSize(7).containsOnly("broken-line");
        assertThat(run.report().at("/findings/list").findValuesAsText("line"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(run.output()).contains("broken-line line 3").doesNotContain("Exception");
    }

    @Test
    void aWagerThatArrivesBeforeTheEndIsNotMissing() throws Exception {
        var late = aWager().build();
        var ids = (late.wagerId() + "\n").repeat(500).getBytes(StandardCharsets.UTF_8);
        var input = new ByteArrayInputStream(ids) {
            // At the end so many lines have been read that they have been looked for.
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                var count = super.read(bytes, offset, length);
                if (count < 0) {
                    TestStore.store(store, late);
                }
                return count;
            }
        };

        var run = run(input, "--accepted", "-", "--settle", "30s");

        assertThat(run.requireConsistent().report().at("/accepted/stored").asInt())
                .isEqualTo(500);
    }

    @Test
    void aHundredThousandIdsAreStreamed() throws Exception {
        var stored = IntStream.range(0, 500).mapToObj(i -> aWager().build()).toArray(Wager[]::new);
        TestStore.store(store, stored);
        var file = folder.resolve("accepted.txt");
        try (var writer = Files.newBufferedWriter(file)) {
            for (var i = 0; i < 100_000; i++) {
                var id = i % 200 == 0 ? stored[i / 200].wagerId() : new UUID(i, i);
                writer.write(id + "\n");
            }
        }

        var run = run("--accepted", file.toString(), "--settle", "0s");

        assertThat(run.report().at("/accepted/stored").asInt()).isEqualTo(500);
        assertThat(run.report().at("/accepted/missing").asInt()).isEqualTo(99_500);
        assertThat(run.report().at("/findings/total").asInt()).isEqualTo(99_500);
        assertThat(run.report().at("/findings/list")).hasSize(1_000);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private ReconcileRun run(String... arguments) throws Exception {
        return ReconcileRun.of(serviceDataSource(), folder, arguments);
    }

    private ReconcileRun run(InputStream in, String... arguments) throws Exception {
        return ReconcileRun.of(serviceDataSource(), folder, in, arguments);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String fate(int line, Wager wager, String fate) {
        return "{\"line\":" + line + ",\"wagerId\":\"" + wager.wagerId() + "\",\"fate\":" + fate + "}";
    }

    private static Wager sameIdAs(Wager wager, String amount) {
        return aWager().withId(wager.wagerId()).by(wager.accountId()).of(amount).build();
    }

    private static Duration age(int days) {
        return Duration.ofDays(days);
    }

    /** A letter as the archive leaves it, with its status changed a while ago; without a wager its body is no JSON. */
    private UUID addLetter(String status, String reason, @Nullable Wager wager, Duration age) {
        var id = UUID.randomUUID();
        var time = ago(age);
        jdbc.update(
                """
                INSERT INTO dead_letter (dead_letter_id, status, reason, fingerprint, title, exception_type, exception_message,
                    wager_id, search_text, attempts, requeues, failed_requeue, edits, first_failed_at, last_failed_at,
                    archived_at, status_changed_at)
                VALUES (?, ?, ?, '0123456789abcdef', '', '', '', CAST(? AS BINARY(16)), '', 1, 0, 0, 0, ?, ?, ?, ?)
                """,
                IdBytes.of(id),
                status,
                reason,
                wager == null ? null : IdBytes.of(wager.wagerId().value()),
                time,
                time,
                time,
                time);
        jdbc.update(
                "INSERT INTO dead_letter_content (dead_letter_id, body, headers, stack_trace) VALUES (?, ?, '{}', '')",
                IdBytes.of(id),
                wager == null ? new byte[] {'?'} : WagerEncoder.encode(wager));
        return id;
    }

    private void addEdit(UUID letter, Wager wager) {
        jdbc.update(
                "INSERT INTO dead_letter_edit (dead_letter_id, edit_number, body, edited_at, actor) VALUES (?, 1, ?, ?, 'ann')",
                IdBytes.of(letter),
                WagerEncoder.encode(wager),
                ago(Duration.ZERO));
    }

    private void addConflict(Wager wager, Duration age) {
        jdbc.update(
                "INSERT INTO wager_conflict (wager_id, content_hash, first_seen_at) VALUES (?, ?, ?)",
                IdBytes.of(wager.wagerId().value()),
                ContentHash.of(wager).bytes(),
                ago(age));
    }

    private static LocalDateTime ago(Duration age) {
        return LocalDateTime.now(ZoneOffset.UTC).minus(age);
    }
}
