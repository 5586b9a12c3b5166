package io.wager.consumer.reconcile.letter;

import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.FindingKind;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.reconcile.letter.LetterBodies.Content;
import io.wager.consumer.store.IdBytes;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.messaging.DeadLetterReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Compares dead letters with their outcomes: resolved ones with the stored wagers, those of conflicts with the recorded conflicts, and
 * requeued ones with the clock. It reads page by page and locks nothing. A suspicious letter is read again after its outcome was read,
 * because letters change meanwhile.
 */
public final class LettersCheck {

    private static final String PAGE = """
            SELECT dead_letter_seq, dead_letter_id, status, reason, status_changed_at
            FROM dead_letter
            WHERE dead_letter_seq > :after
            ORDER BY dead_letter_seq
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String AGAIN = """
            SELECT dead_letter_seq, dead_letter_id, status, reason, status_changed_at
            FROM dead_letter
            WHERE dead_letter_seq = :seq
            """;

    private static final String LAST = "SELECT COALESCE(MAX(dead_letter_seq), 0) FROM dead_letter";

    private static final String IS_STORED = """
            SELECT 1
            FROM wager
            WHERE wager_id = CAST(:wagerId AS BINARY(16)) AND content_hash = CAST(:hash AS BINARY(33))
            """;

    private static final String IS_CONFLICT = """
            SELECT 1
            FROM wager_conflict
            WHERE wager_id = CAST(:wagerId AS BINARY(16)) AND content_hash = CAST(:hash AS BINARY(33))
            """;

    private static final int LETTERS_A_PAGE = 500;

    private final ReconcileDatabase database;
    private final LetterBodies bodies = new LetterBodies();
    private final ConflictsCheck conflicts;
    private final Duration overdue;
    private final Findings findings;
    private final Progress progress;
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    private long letters;

    /**
     * A check.
     *
     * @param overdue time after which a requeued letter, or a conflict without its letter, counts as lost
     * @param kept how long letters are kept at least once they are settled
     */
    public LettersCheck(
            ReconcileDatabase database, Duration overdue, Duration kept, Findings findings, Progress progress) {
        this.database = database;
        this.conflicts = new ConflictsCheck(database, bodies, overdue, kept, findings, progress);
        this.overdue = overdue;
        this.findings = findings;
        this.progress = progress;
    }

    /** Checks every letter and every conflict. */
    public void run() {
        progress.begin("dead letters");
        var last = database.inTransaction(jdbc -> Optional.ofNullable(jdbc.queryForObject(LAST, Map.of(), Long.class))
                .orElse(0L));
        var after = 0L;
        List<Letter> page;
        do {
            var start = after;
            page = database.inTransaction(jdbc -> read(jdbc, start));
            page.forEach(this::judge);
            after = page.isEmpty() ? after : page.getLast().sequence();
            progress.at(last == 0 ? 1 : Math.min(1, (double) after / last), letters);
        } while (page.size() == LETTERS_A_PAGE);
        conflicts.run();
    }

    /** How many letters there are, by reason and status. */
    public SortedMap<String, SortedMap<String, Long>> counts() {
        return counts;
    }

    /** How many conflicts are recorded. */
    public long conflicts() {
        return conflicts.looked();
    }

    private static List<Letter> read(NamedParameterJdbcTemplate jdbc, long after) {
        var parameters = new MapSqlParameterSource("after", after).addValue("limit", LETTERS_A_PAGE);
        return jdbc.query(PAGE, parameters, (row, number) -> Letter.of(row));
    }

    private void judge(Letter letter) {
        letters++;
        counts.computeIfAbsent(letter.reason(), reason -> new TreeMap<>()).merge(letter.status(), 1L, Long::sum);
        if (letter.isResolved()) {
            judge(letter, FindingKind.RESOLVED_NOT_STORED, IS_STORED, "none of its bodies is the wager that is stored");
        }
        if (letter.isConflict()) {
            judge(letter, FindingKind.LETTER_WITHOUT_CONFLICT, IS_CONFLICT, "no conflict is recorded for its bodies");
        }
        var age = Duration.between(letter.statusChangedAt(), Instant.now());
        if (letter.isRequeued() && age.compareTo(overdue) > 0) {
            findings.add(Finding.ofLetter(
                    FindingKind.REQUEUE_OVERDUE, letter.id(), "requeued at " + letter.statusChangedAt()));
        }
    }

    private void judge(Letter letter, FindingKind kind, String outcome, String detail) {
        boolean isWrong = database.inTransaction(
                jdbc -> bodies.of(jdbc, letter.id()).stream().noneMatch(content -> isThere(jdbc, outcome, content))
                        && isStill(jdbc, letter));
        if (isWrong) {
            findings.add(Finding.ofLetter(kind, letter.id(), detail));
        }
    }

    private static boolean isThere(NamedParameterJdbcTemplate jdbc, String sql, Content content) {
        var parameters = new MapSqlParameterSource("wagerId", IdBytes.of(content.wagerId()))
                .addValue("hash", content.hash().bytes());
        return !jdbc.query(sql, parameters, (row, number) -> true).isEmpty();
    }

    /** Whether the letter exists unchanged: it may have been deleted, or have failed again. */
    private static boolean isStill(NamedParameterJdbcTemplate jdbc, Letter letter) {
        var parameters = new MapSqlParameterSource("seq", letter.sequence());
        return jdbc.query(AGAIN, parameters, (row, number) -> Letter.of(row)).contains(letter);
    }

    private record Letter(long sequence, UUID id, String status, String reason, Instant statusChangedAt) {

        static Letter of(ResultSet row) throws SQLException {
            return new Letter(
                    row.getLong("dead_letter_seq"),
                    IdBytes.toUuid(row.getBytes("dead_letter_id")),
                    row.getString("status"),
                    row.getString("reason"),
                    row.getObject("status_changed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
        }

        boolean isResolved() {
            return status.equals(DeadLetterStatus.RESOLVED.wireForm());
        }

        boolean isRequeued() {
            return status.equals(DeadLetterStatus.REQUEUED.wireForm());
        }

        boolean isConflict() {
            return reason.equals(DeadLetterReason.CONFLICT.wireForm());
        }
    }
}
