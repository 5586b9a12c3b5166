package io.wager.consumer.reconcile.letter;

import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.FindingKind;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.reconcile.letter.LetterBodies.Content;
import io.wager.consumer.store.IdBytes;
import io.wager.core.wager.ContentHash;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Compares the conflicts that are recorded with wagers and dead letters. Letters that are settled are deleted after a while and
 * conflicts never are, so only a young conflict must have its letter; and a very young one's may still be in the queue.
 */
final class ConflictsCheck {

    private static final String PAGE = """
            SELECT c.wager_id, c.content_hash, c.first_seen_at,
                CASE WHEN EXISTS (SELECT 1 FROM wager w WHERE w.wager_id = c.wager_id) THEN 1 ELSE 0 END AS is_stored
            FROM wager_conflict c
            WHERE c.wager_id >= CAST(:wagerId AS BINARY(16))
                AND (c.wager_id > CAST(:wagerId AS BINARY(16)) OR c.content_hash > CAST(:hash AS BINARY(33)))
            ORDER BY c.wager_id, c.content_hash
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final String BODIES = """
            SELECT c.body
            FROM dead_letter l
            JOIN dead_letter_content c ON c.dead_letter_id = l.dead_letter_id
            WHERE l.wager_id = CAST(:wagerId AS BINARY(16))
            """;

    /** Few: people wrote them. */
    private static final String EDITS = """
            SELECT dead_letter_id, edit_number, body
            FROM dead_letter_edit
            WHERE dead_letter_id >= CAST(:id AS BINARY(16))
                AND (dead_letter_id > CAST(:id AS BINARY(16)) OR edit_number > :number)
            ORDER BY dead_letter_id, edit_number
            OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY
            """;

    private static final int CONFLICTS_A_PAGE = 500;
    private static final int EDITS_A_PAGE = 20;
    private static final int MAX_SUSPECTS = 100_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final ReconcileDatabase database;
    private final LetterBodies bodies;
    private final Duration overdue;
    private final Duration kept;
    private final Findings findings;
    private final Progress progress;
    private final Set<Content> suspects = new LinkedHashSet<>();
    private long looked;

    ConflictsCheck(
            ReconcileDatabase database,
            LetterBodies bodies,
            Duration overdue,
            Duration kept,
            Findings findings,
            Progress progress) {
        this.database = database;
        this.bodies = bodies;
        this.overdue = overdue;
        this.kept = kept;
        this.findings = findings;
        this.progress = progress;
    }

    long looked() {
        return looked;
    }

    void run() {
        progress.begin("conflicts");
        var after = new Content(FIRST, ContentHash.ofBytes(new byte[ContentHash.LENGTH]));
        List<Conflict> page;
        do {
            var start = after;
            page = database.inTransaction(jdbc -> read(jdbc, start));
            judge(page);
            looked += page.size();
            after = page.isEmpty() ? after : page.getLast().content();
            progress.at(Double.NaN, looked);
        } while (page.size() == CONFLICTS_A_PAGE);
        if (!suspects.isEmpty()) {
            clearEdited();
        }
        suspects.forEach(this::report);
    }

    private static List<Conflict> read(NamedParameterJdbcTemplate jdbc, Content after) {
        var parameters = new MapSqlParameterSource("wagerId", IdBytes.of(after.wagerId()))
                .addValue("hash", after.hash().bytes())
                .addValue("limit", CONFLICTS_A_PAGE);
        return jdbc.query(
                PAGE,
                parameters,
                (row, number) -> new Conflict(
                        new Content(
                                IdBytes.toUuid(row.getBytes("wager_id")),
                                ContentHash.ofBytes(row.getBytes("content_hash"))),
                        row.getObject("first_seen_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getInt("is_stored") == 1));
    }

    private void judge(List<Conflict> page) {
        var now = Instant.now();
        Map<UUID, Set<ContentHash>> known = new HashMap<>();
        for (var conflict : page) {
            var wagerId = conflict.content().wagerId();
            if (!conflict.isStored()) {
                findings.add(Finding.ofWager(
                        FindingKind.CONFLICT_WITHOUT_WAGER, wagerId, "first seen at " + conflict.firstSeenAt()));
            }
            var age = Duration.between(conflict.firstSeenAt(), now);
            if (age.compareTo(overdue) > 0
                    && age.compareTo(kept) < 0
                    && !known.computeIfAbsent(wagerId, this::letters)
                            .contains(conflict.content().hash())) {
                suspect(conflict.content());
            }
        }
    }

    private Set<ContentHash> letters(UUID wagerId) {
        var parameters = new MapSqlParameterSource("wagerId", IdBytes.of(wagerId));
        return database.inTransaction(jdbc ->
                jdbc.query(BODIES, parameters, (row, number) -> bodies.read(row.getBytes(1))).stream()
                        .flatMap(Optional::stream)
                        .map(Content::hash)
                        .collect(Collectors.toCollection(HashSet::new)));
    }

    private void suspect(Content conflict) {
        if (suspects.size() < MAX_SUSPECTS) {
            suspects.add(conflict);
        } else {
            report(conflict);
        }
    }

    private void report(Content conflict) {
        findings.add(Finding.ofWager(
                FindingKind.CONFLICT_WITHOUT_LETTER,
                conflict.wagerId(),
                "no dead letter has the content " + conflict.hash()));
    }

    /** A letter whose id was edited met its conflict under another wagerId than its own. */
    private void clearEdited() {
        var after = new Edit(FIRST, 0, Optional.empty());
        List<Edit> page;
        do {
            var start = after;
            page = database.inTransaction(jdbc -> edits(jdbc, start));
            page.forEach(edit -> edit.content().ifPresent(suspects::remove));
            after = page.isEmpty() ? after : page.getLast();
        } while (page.size() == EDITS_A_PAGE);
    }

    private List<Edit> edits(NamedParameterJdbcTemplate jdbc, Edit after) {
        var parameters = new MapSqlParameterSource("id", IdBytes.of(after.deadLetterId()))
                .addValue("number", after.number())
                .addValue("limit", EDITS_A_PAGE);
        return jdbc.query(
                EDITS,
                parameters,
                (row, number) ->
                        new Edit(IdBytes.toUuid(row.getBytes(1)), row.getInt(2), bodies.read(row.getBytes(3))));
    }

    private record Conflict(Content content, Instant firstSeenAt, boolean isStored) {}

    private record Edit(UUID deadLetterId, int number, Optional<Content> content) {}
}
