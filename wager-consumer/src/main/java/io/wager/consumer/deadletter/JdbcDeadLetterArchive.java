package io.wager.consumer.deadletter;

import io.wager.consumer.store.IdBytes;
import io.wager.consumer.store.ListType;
import io.wager.consumer.store.LostRaces;
import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreTransactions;
import io.wager.core.deadletter.Requeue;
import io.wager.core.wager.Timestamps;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.transaction.TransactionException;

/**
 * The archive on a relational database, in statements that both understand. Two consumers may archive the same failure at once:
 * the unique keys let one of them, the other fails with a duplicate key, which is transient, and finds it known at the next try.
 */
final class JdbcDeadLetterArchive implements DeadLetterArchive {

    private static final String FIND_FAILURES = """
            SELECT e.dead_letter_id, e.failure_key
            FROM {listed}
            JOIN dead_letter_event e
                ON e.dead_letter_id = listed.dead_letter_id AND e.failure_key = listed.failure_key
            WHERE e.failure_key IS NOT NULL
            """;

    private static final String FIND_RESOLVED_REQUEUES = """
            SELECT e.dead_letter_id, e.requeue_number
            FROM {listed}
            JOIN dead_letter_event e ON e.dead_letter_id = listed.item
            WHERE e.kind = 'resolved' AND e.requeue_number IS NOT NULL
            """;

    /**
     * A requeue's failure opens the letter unless a later requeue is on its way, and then nothing of it is under way any more.
     * Another publishing's failure opens what was settled, and leaves a requeue that is under way alone.
     */
    private static final String FAIL_AGAIN = """
            UPDATE dead_letter
            SET attempts = attempts + 1,
                reason = :reason,
                fingerprint = :fingerprint,
                title = :title,
                exception_type = :exceptionType,
                exception_message = :exceptionMessage,
                first_failed_at = CASE WHEN first_failed_at > :firstFailedAt THEN :firstFailedAt ELSE first_failed_at END,
                last_failed_at = CASE WHEN last_failed_at < :failedAt THEN :failedAt ELSE last_failed_at END,
                requeues = CASE WHEN requeues < :requeueNumber THEN :requeueNumber ELSE requeues END,
                failed_requeue = CASE WHEN failed_requeue < :requeueNumber THEN :requeueNumber ELSE failed_requeue END,
                claimed_until = CASE
                    WHEN :requeueNumber > 0 AND requeues <= :requeueNumber THEN NULL
                    ELSE claimed_until END,
                status_changed_at = CASE
                    WHEN :requeueNumber > 0 AND requeues <= :requeueNumber AND status <> 'open' THEN :now
                    WHEN :requeueNumber = 0 AND status IN ('resolved', 'discarded') THEN :now
                    ELSE status_changed_at END,
                status = CASE
                    WHEN :requeueNumber > 0 AND requeues <= :requeueNumber THEN 'open'
                    WHEN :requeueNumber = 0 AND status IN ('resolved', 'discarded') THEN 'open'
                    ELSE status END
            WHERE dead_letter_id = CAST(:id AS BINARY(16))
            """;

    /** The failure of a requeue that has stored its wager since: of a message that came twice. */
    private static final String COUNT_FAILURE =
            "UPDATE dead_letter SET attempts = attempts + 1 WHERE dead_letter_id = CAST(:id AS BINARY(16))";

    private static final String ADD_LETTER = """
        INSERT INTO dead_letter (
            dead_letter_id, status, reason, fingerprint, title, exception_type, exception_message,
            wager_id, account_id, provider, search_text, attempts, requeues, failed_requeue, edits,
            first_failed_at, last_failed_at, archived_at, status_changed_at)
        VALUES (
            :id, 'open', :reason, :fingerprint, :title, :exceptionType, :exceptionMessage,
            :wagerId, :accountId, :provider, :searchText, 1, :requeueNumber, :requeueNumber, 0,
            :firstFailedAt, :failedAt, :now, :now)
        """;

    private static final String ADD_CONTENT = """
        INSERT INTO dead_letter_content (
            dead_letter_id, body, message_id, message_type, content_type, correlation_id, published_at, headers,
            stack_trace)
        VALUES (:id, :body, :messageId, :messageType, :contentType, :correlationId, :publishedAt, :headers, :stackTrace)
        """;

    private static final String ADD_FAILURE = """
        INSERT INTO dead_letter_event (
            dead_letter_id, kind, happened_at, requeue_number, failure_key, reason, exception_type, detail)
        VALUES (:id, 'failed', :failedAt, :eventRequeueNumber, :failureKey, :reason, :exceptionType, :detail)
        """;

    private final StoreTransactions transactions;
    private final Clock clock;
    private final LostRaces races = new LostRaces();

    JdbcDeadLetterArchive(StoreTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public List<ArchiveOutcome> archive(List<DeadLetterFailure> failures) {
        if (failures.isEmpty()) {
            return List.of();
        }
        try {
            var now = Timestamps.truncate(clock.instant());
            var outcomes = transactions.inTransaction(jdbc -> archive(jdbc, failures, now));
            races.won(keysOf(failures));
            return outcomes;
        } catch (DataAccessException | TransactionException e) {
            throw new StoreException(
                    races.kindOf(e, keysOf(failures)),
                    "a batch of " + failures.size() + " dead letters was not archived",
                    e);
        }
    }

    @Override
    public void rehearse() {
        try {
            var now = Timestamps.truncate(clock.instant());
            transactions.rehearseInTransaction(jdbc -> archive(jdbc, List.of(DeadLetterFailure.madeUp(now)), now));
        } catch (DataAccessException | TransactionException e) {
            throw new StoreException(StoreException.Kind.of(e), "not even a made-up dead letter could be archived", e);
        }
    }

    private static List<UUID> keysOf(List<DeadLetterFailure> failures) {
        return failures.stream()
                .map(failure -> failure.identity().deadLetterId())
                .toList();
    }

    private static List<ArchiveOutcome> archive(
            NamedParameterJdbcTemplate jdbc, List<DeadLetterFailure> failures, Instant now) {
        var fresh = fresh(jdbc, failures);
        var first = firstOfEachLetter(fresh);
        var further = new ArrayList<>(fresh);
        further.removeAll(first);
        var resolved = resolvedRequeues(jdbc, fresh);

        var counts = failAgain(jdbc, first, resolved, now);
        var added = IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 0)
                .mapToObj(first::get)
                .toList();
        update(jdbc, ADD_LETTER, added, now);
        update(jdbc, ADD_CONTENT, added, now);
        failAgain(jdbc, further, resolved, now);
        update(jdbc, ADD_FAILURE, fresh, now);
        return outcomes(failures.size(), fresh, added);
    }

    /** Those that are not archived yet, each once, sorted by letter: concurrent archivers take their locks in one order. */
    private static List<Entry> fresh(NamedParameterJdbcTemplate jdbc, List<DeadLetterFailure> failures) {
        var seen = knownFailures(jdbc, failures);
        return IntStream.range(0, failures.size())
                .mapToObj(index -> new Entry(index, failures.get(index)))
                .filter(entry -> seen.add(entry.key()))
                .sorted(Comparator.comparing(Entry::idBytes, Arrays::compareUnsigned))
                .toList();
    }

    private static Set<FailureKey> knownFailures(NamedParameterJdbcTemplate jdbc, List<DeadLetterFailure> failures) {
        var asked = failures.stream()
                .map(FailureKey::of)
                .distinct()
                .map(key ->
                        new byte[][] {IdBytes.of(key.deadLetterId()), key.key().array()})
                .toList();
        return new HashSet<>(ListType.DEAD_LETTER_FAILURE_LIST.query(
                jdbc.getJdbcOperations(),
                FIND_FAILURES,
                asked,
                (row, number) -> new FailureKey(IdBytes.toUuid(row.getBytes(1)), ByteBuffer.wrap(row.getBytes(2)))));
    }

    private static Set<Requeue> resolvedRequeues(NamedParameterJdbcTemplate jdbc, List<Entry> entries) {
        var asked = entries.stream()
                .filter(entry -> entry.failure().requeue() != null)
                .map(entry -> entry.failure().identity().deadLetterId())
                .distinct()
                .toList();
        if (asked.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(ListType.ID_LIST.query(
                jdbc.getJdbcOperations(),
                FIND_RESOLVED_REQUEUES,
                ListType.rows(asked),
                (row, number) -> new Requeue(IdBytes.toUuid(row.getBytes(1)), row.getInt(2))));
    }

    private static List<Entry> firstOfEachLetter(List<Entry> sorted) {
        var letters = new HashSet<UUID>();
        return sorted.stream()
                .filter(entry -> letters.add(entry.failure().identity().deadLetterId()))
                .toList();
    }

    /** Adds a failure to each letter that is there. */
    private static int[] failAgain(
            NamedParameterJdbcTemplate jdbc, List<Entry> entries, Set<Requeue> resolved, Instant now) {
        if (entries.stream()
                .noneMatch(entry -> resolved.contains(entry.failure().requeue()))) {
            return update(jdbc, FAIL_AGAIN, entries, now);
        }
        return entries.stream()
                .mapToInt(entry -> {
                    var sql = resolved.contains(entry.failure().requeue()) ? COUNT_FAILURE : FAIL_AGAIN;
                    return jdbc.update(sql, FailureParameters.of(entry.failure(), now));
                })
                .toArray();
    }

    private static int[] update(NamedParameterJdbcTemplate jdbc, String sql, List<Entry> entries, Instant now) {
        return jdbc.batchUpdate(
                sql,
                entries.stream()
                        .map(entry -> FailureParameters.of(entry.failure(), now))
                        .toArray(SqlParameterSource[]::new));
    }

    private static List<ArchiveOutcome> outcomes(int size, List<Entry> fresh, List<Entry> added) {
        var outcomes = new ArchiveOutcome[size];
        Arrays.fill(outcomes, ArchiveOutcome.KNOWN);
        fresh.forEach(entry -> outcomes[entry.index()] = ArchiveOutcome.FAILED_AGAIN);
        added.forEach(entry -> outcomes[entry.index()] = ArchiveOutcome.ARCHIVED);
        return List.of(outcomes);
    }

    /** A failure and its place in the batch. */
    private record Entry(int index, DeadLetterFailure failure) {

        FailureKey key() {
            return FailureKey.of(failure);
        }

        byte[] idBytes() {
            return IdBytes.of(failure.identity().deadLetterId());
        }
    }

    private record FailureKey(UUID deadLetterId, ByteBuffer key) {

        static FailureKey of(DeadLetterFailure failure) {
            var identity = failure.identity();
            return new FailureKey(identity.deadLetterId(), ByteBuffer.wrap(identity.failureKey()));
        }
    }
}
