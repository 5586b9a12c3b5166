package io.wager.consumer.store;

import io.wager.core.deadletter.Requeue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Says of requeued dead letters, in the transaction that stores their wagers, that they are resolved. Whoever changes the
 * status writes the event, so that a letter is told to be resolved once however often its message comes. One such transaction
 * in many thousands has anything to resolve: plain statements do on every database.
 */
final class DeadLetterResolution {

    private static final String RESOLVE = """
            UPDATE dead_letter
            SET status = 'resolved', status_changed_at = ?, claimed_until = NULL
            WHERE dead_letter_id = CAST(? AS BINARY(16)) AND status <> 'resolved'
            """;

    private static final String ADD_EVENT = """
            INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, requeue_number, detail)
            VALUES (?, 'resolved', ?, ?, ?)
            """;

    private final Connection connection;
    private final StoreDialect dialect;
    private final LocalDateTime resolvedAt;

    DeadLetterResolution(StoreDialect dialect, Connection connection, Instant resolvedAt) {
        this.dialect = dialect;
        this.connection = connection;
        this.resolvedAt = LocalDateTime.ofInstant(resolvedAt, ZoneOffset.UTC);
    }

    /**
     * Resolves the dead letters of those marks whose content is what is stored.
     *
     * @param outcomes what is stored for each row
     * @return the outcomes, with the number of letters that were resolved
     */
    List<StoreOutcome> resolve(List<WagerRow> rows, List<StoreOutcome> outcomes) throws SQLException {
        var candidates = candidates(rows, outcomes);
        if (candidates.isEmpty()) {
            return outcomes;
        }
        var resolved = changed(candidates);
        addEvents(resolved);
        Map<Integer, Integer> counts = new HashMap<>();
        resolved.forEach(candidate -> counts.merge(candidate.row(), 1, Integer::sum));
        var counted = new ArrayList<>(outcomes);
        counts.forEach((row, count) -> counted.set(
                row,
                new StoreOutcome(outcomes.get(row).inserted(), outcomes.get(row).stored(), count)));
        return List.copyOf(counted);
    }

    /** In the order of their keys, as everything that locks. */
    private static List<Candidate> candidates(List<WagerRow> rows, List<StoreOutcome> outcomes) {
        var candidates = new ArrayList<Candidate>();
        for (var i = 0; i < rows.size(); i++) {
            var outcome = outcomes.get(i);
            for (var mark : rows.get(i).requeues()) {
                if (mark.content().equals(outcome.stored())) {
                    candidates.add(new Candidate(i, mark.requeue(), outcome.inserted()));
                }
            }
        }
        candidates.sort(Comparator.comparing(Candidate::deadLetterId)
                .thenComparingInt(candidate -> candidate.requeue().number()));
        return candidates;
    }

    private List<Candidate> changed(List<Candidate> candidates) throws SQLException {
        dialect.tellCounts(connection);
        try (var statement = prepare(RESOLVE)) {
            for (var candidate : candidates) {
                statement.setObject(1, resolvedAt);
                statement.setBytes(2, IdBytes.of(candidate.deadLetterId()));
                statement.addBatch();
            }
            var counts = statement.executeBatch();
            var changed = new ArrayList<Candidate>();
            for (var i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    changed.add(candidates.get(i));
                }
            }
            return changed;
        }
    }

    private void addEvents(List<Candidate> resolved) throws SQLException {
        if (resolved.isEmpty()) {
            return;
        }
        try (var statement = prepare(ADD_EVENT)) {
            for (var candidate : resolved) {
                statement.setBytes(1, IdBytes.of(candidate.deadLetterId()));
                statement.setObject(2, resolvedAt);
                statement.setInt(3, candidate.requeue().number());
                statement.setString(4, candidate.isInserted() ? "stored" : "duplicate");
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        if (dialect.queryTimeoutSeconds() > 0) {
            statement.setQueryTimeout(dialect.queryTimeoutSeconds());
        }
        return statement;
    }

    private record Candidate(int row, Requeue requeue, boolean isInserted) {

        UUID deadLetterId() {
            return requeue.deadLetterId();
        }
    }
}
