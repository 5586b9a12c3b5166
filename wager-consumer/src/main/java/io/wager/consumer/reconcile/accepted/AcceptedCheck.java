package io.wager.consumer.reconcile.accepted;

import io.wager.consumer.reconcile.accepted.AcceptedLines.Line;
import io.wager.consumer.reconcile.database.ReconcileDatabase;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.FindingKind;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Progress;
import io.wager.consumer.store.IdBytes;
import io.wager.core.deadletter.DeadLetterStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fate of each wager of a client's file. It reads the file once, in chunks. A missing wager may still be in a queue, so the check
 * looks for it again at the end. Every line counts, even if its wagerId appears in the file twice.
 */
public final class AcceptedCheck {

    private static final int CHUNK = 500;
    private static final int MAX_LINE_BYTES = 8 * 1024 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** How many missing wagers are checked again; for the rest the first check counts. */
    private static final int MAX_LOOKED_FOR_AGAIN = 100_000;

    private final ReconcileDatabase database;
    private final @Nullable FatesFile fates;
    private final Findings findings;
    private final Progress progress;
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private final SortedMap<String, Long> letters = new TreeMap<>();
    private List<Line.Id> missing = new ArrayList<>();
    private long lines;
    private long broken;

    /**
     * A check.
     *
     * @param fates gets each wager's fate; null for no output
     */
    public AcceptedCheck(ReconcileDatabase database, @Nullable FatesFile fates, Findings findings, Progress progress) {
        this.database = database;
        this.fates = fates;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Looks for every wager of a file once.
     *
     * @param input lines in UTF-8; not closed here
     * @param size of the input in bytes; -1 if unknown
     */
    public void read(InputStream input, long size) {
        progress.begin("accepted wagers");
        var reader = new AcceptedLines(input, MAX_LINE_BYTES);
        var chunk = new ArrayList<Line.Id>(CHUNK);
        for (var line = next(reader); line != null; line = next(reader)) {
            lines++;
            switch (line) {
                case Line.Id id -> chunk.add(id);
                case Line.Broken(var number, var problem) -> {
                    broken++;
                    findings.add(Finding.ofLine(FindingKind.BROKEN_LINE, number, null, problem));
                }
            }
            if (chunk.size() == CHUNK) {
                missing.addAll(look(chunk));
                giveUpBeyond(MAX_LOOKED_FOR_AGAIN);
                chunk.clear();
                progress.at(size > 0 ? Math.min(1, (double) reader.bytes() / size) : Double.NaN, lines);
            }
        }
        missing.addAll(look(chunk));
        giveUpBeyond(MAX_LOOKED_FOR_AGAIN);
    }

    /**
     * Looks for missing wagers repeatedly, until none is missing or the time is over.
     *
     * @param time how long; zero or more
     */
    public void settle(Duration time) {
        progress.begin("settling");
        var deadline = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); !missing.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, PAUSE.toNanos()));
            var still = new ArrayList<Line.Id>();
            for (var from = 0; from < missing.size(); from += CHUNK) {
                still.addAll(look(missing.subList(from, Math.min(missing.size(), from + CHUNK))));
            }
            missing = still;
        }
        giveUpBeyond(0);
    }

    /** How many lines were not blank. */
    public long lines() {
        return lines;
    }

    /** How many lines could not be parsed. */
    public long broken() {
        return broken;
    }

    /** How many wagers have each fate; final after settling. */
    public Map<Fate, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** How many of the dead-lettered have a letter of each status. */
    public SortedMap<String, Long> letters() {
        return letters;
    }

    private static @Nullable Line next(AcceptedLines reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new UncheckedIOException("the accepted wagers can't be read: " + e.getMessage(), e);
        }
    }

    /** Counts the wagers that are found, and returns the missing ones. */
    private List<Line.Id> look(List<Line.Id> chunk) {
        if (chunk.isEmpty()) {
            return List.of();
        }
        var asked = chunk.stream().map(Line.Id::wagerId).distinct().toList();
        Map<UUID, Known> known = new HashMap<>();
        database.inTransaction(jdbc ->
                        database.statements().fates(jdbc.getJdbcOperations(), asked, (row, number) -> Known.of(row)))
                .forEach(one -> known.put(one.wagerId(), one));
        var notThere = new ArrayList<Line.Id>();
        for (var id : chunk) {
            var found = known.get(id.wagerId());
            if (found == null || found.fate() == Fate.MISSING) {
                notThere.add(id);
            } else {
                settle(id, found.fate(), found.fate() == Fate.DEAD_LETTERED ? found.letter() : null);
            }
        }
        return notThere;
    }

    private void giveUpBeyond(int limit) {
        var beyond = missing.subList(Math.min(limit, missing.size()), missing.size());
        for (var id : beyond) {
            settle(id, Fate.MISSING, null);
            findings.add(Finding.ofLine(
                    FindingKind.ACCEPTED_MISSING, id.number(), id.wagerId(), "neither stored nor a dead letter"));
        }
        beyond.clear();
    }

    private void settle(Line.Id id, Fate fate, @Nullable String letter) {
        counts.merge(fate, 1L, Long::sum);
        if (letter != null) {
            letters.merge(letter, 1L, Long::sum);
        }
        if (fates != null) {
            fates.write(id, fate, letter);
        }
    }

    private record Known(UUID wagerId, Fate fate, @Nullable String letter) {

        static Known of(ResultSet row) throws SQLException {
            var letter = switch (row.getInt("letter")) {
                case 4 -> DeadLetterStatus.OPEN.wireForm();
                case 3 -> DeadLetterStatus.REQUEUED.wireForm();
                case 2 -> DeadLetterStatus.DISCARDED.wireForm();
                case 1 -> DeadLetterStatus.RESOLVED.wireForm();
                default -> null;
            };
            return new Known(IdBytes.toUuid(row.getBytes("wager_id")), fate(row, letter), letter);
        }

        private static Fate fate(ResultSet row, @Nullable String letter) throws SQLException {
            if (row.getInt("is_stored") == 1) {
                return row.getInt("has_conflict") == 1 ? Fate.CONFLICT : Fate.STORED;
            }
            return letter == null ? Fate.MISSING : Fate.DEAD_LETTERED;
        }
    }
}
