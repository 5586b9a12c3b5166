package io.wager.standalone.deadletter;

import static io.wager.testkit.WagerBuilder.aWager;

import com.fasterxml.jackson.databind.JsonNode;
import io.wager.core.deadletter.DeadLetterEventKind;
import io.wager.core.deadletter.DeadLetterStatus;
import io.wager.core.deadletter.Fingerprint;
import io.wager.core.messaging.DeadLetterReason;
import io.wager.core.messaging.HeaderJson;
import io.wager.core.messaging.MessageHeaders;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerEncoder;
import io.wager.testkit.ServiceProcess;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long the answers about dead letters take with 100,000 of them in the embedded database, and how many a second a
 * requeue job brings to their end. No test, so it runs only when it is named; docs/dead-letters.md has the command.
 *
 * <p>Six of ten are open wagers that the database refused, of 1,000 players and in ten groups; the others are rubbish that was
 * settled. The job requeues two of those groups.
 */
class DeadLetterBenchmark {

    private static final int PLAYERS = 1_000;
    private static final int GROUPS = 10;
    private static final int WARM_UP = 30;
    private static final int REQUESTS = 200;
    private static final int SEED_BATCH = 1_000;

    private final Random random = new Random(1);
    private final int letters = Integer.getInteger("letters", 100_000);

    @TempDir
    private Path folder;

    private ServiceProcess wager;
    private Operator operator;

    @BeforeEach
    void prepare() {
        wager = new ServiceProcess(
                        "dead-letter-benchmark",
                        Path.of("target", "wager-standalone.jar"),
                        List.of("--port={port}", "--data=" + folder),
                        Map.of())
                .onOnePort();
        operator = new Operator(wager::uri);
    }

    @AfterEach
    void end() {
        wager.close();
    }

    @Test
    @SuppressWarnings("SystemOut") // It is there to print its result.
    void measures() throws SQLException {
        wager.start().awaitReady();
        wager.stop();
        seed();
        wager.start().awaitReady();
        System.out.printf(
                "%,d dead letters%n%-44s %9s %9s %9s%n", letters, "GET …/dead-letters", "p50 ms", "p95 ms", "max ms");
        var some = operator.get("/api/admin/dead-letters?status=open").at("/deadLetters/7");
        measure("");
        measure("?limit=200");
        measure("?status=open");
        measure("?status=open&reason=rejected-by-database");
        measure("?reason=undecodable");
        measure("?fingerprint=" + some.at("/fingerprint").asText());
        measure("?exceptionType=MalformedWager&status=discarded");
        measure("?provider=Quiet%20Bronze%20Kettle&status=open");
        measure("?accountId=" + some.at("/accountId").asText());
        measure("?wagerId=" + some.at("/wagerId").asText());
        measure("?from=2026-11-20T00:00:00Z&to=2026-11-20T06:00:00Z");
        measure("?text=rubbish");
        measure("?text=is-nowhere-to-be-found");
        measure("/count");
        measure("/count?status=open");
        measure("/count?reason=undecodable");
        measure("/groups");
        measure("/groups?status=open");
        measure("/" + some.at("/id").asText());
        measureJob();
    }

    @SuppressWarnings("SystemOut")
    private void measure(String query) {
        var path = "/api/admin/dead-letters" + query;
        var nanos = new long[REQUESTS];
        for (var i = -WARM_UP; i < REQUESTS; i++) {
            var start = System.nanoTime();
            operator.get(path);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-44s %9.1f %9.1f %9.1f%n",
                query, nanos[REQUESTS / 2] / 1e6, nanos[REQUESTS * 95 / 100] / 1e6, nanos[REQUESTS - 1] / 1e6);
    }

    @SuppressWarnings("SystemOut")
    private void measureJob() {
        var groups = operator.get("/api/admin/dead-letters/groups?status=open").at("/groups");
        for (var i = 0; i < 2; i++) {
            var start = System.nanoTime();
            var id = operator.job("{\"fingerprint\":\""
                            + groups.get(i).at("/fingerprint").asText() + "\"}")
                    .at("/jobId")
                    .asText();
            var done = new ArrayList<JsonNode>();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        var job = operator.jobNow(id);
                        done.add(job);
                        return job.at("/status").asText().equals("completed");
                    });
            var seconds = (System.nanoTime() - start) / 1e9;
            var resolved = done.getLast().at("/progress/resolved").asInt();
            System.out.printf(
                    "requeue job: %,d letters resolved in %.1f s, %,.0f a second%n",
                    resolved, seconds, resolved / seconds);
        }
    }

    private void seed() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("wager"), "sa", "")) {
            connection.setAutoCommit(false);
            for (var first = 0; first < letters; first += SEED_BATCH) {
                seed(connection, first, Math.min(letters, first + SEED_BATCH));
                connection.commit();
            }
        }
    }

    private void seed(Connection connection, int from, int to) throws SQLException {
        try (var row = connection.prepareStatement("""
                        INSERT INTO dead_letter (dead_letter_id, status, reason, fingerprint, title, exception_type,
                            exception_message, wager_id, account_id, provider, search_text, attempts, requeues,
                            failed_requeue, edits, first_failed_at, last_failed_at, archived_at, status_changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, ?, ?, ?, ?)
                        """);
                var content = connection.prepareStatement("""
                        INSERT INTO dead_letter_content (dead_letter_id, body, message_id, message_type, content_type,
                            published_at, headers, stack_trace)
                        VALUES (?, ?, ?, 'casino-wager', 'application/json', ?, ?, ?)
                        """);
                var event = connection.prepareStatement("""
                        INSERT INTO dead_letter_event (dead_letter_id, kind, happened_at, failure_key, reason,
                            exception_type, detail)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (var i = from; i < to; i++) {
                add(row, content, event, i);
            }
            row.executeBatch();
            content.executeBatch();
            event.executeBatch();
        }
    }

    private void add(PreparedStatement row, PreparedStatement content, PreparedStatement event, int i)
            throws SQLException {
        var isRefused = i % 10 < 6;
        var wagerOrNone = isRefused
                ? aWager().by(new UUID(7, random.nextInt(PLAYERS)).toString())
                        .of(BigDecimal.valueOf(i, 2).toPlainString())
                        .build()
                : null;
        var reason = isRefused ? DeadLetterReason.REJECTED_BY_DATABASE : DeadLetterReason.UNDECODABLE;
        var type = isRefused ? "org.springframework.dao.DataIntegrityViolationException" : "MalformedWager";
        var message = isRefused
                ? "Value too long for column X" + (char) ('A' + i / 10 % GROUPS) + ": '" + UUID.randomUUID() + "'"
                : "not JSON at line 1, column " + i;
        var status =
                isRefused ? DeadLetterStatus.OPEN : i % 2 == 0 ? DeadLetterStatus.RESOLVED : DeadLetterStatus.DISCARDED;
        var body = wagerOrNone == null
                ? ("rubbish number " + i).getBytes(StandardCharsets.UTF_8)
                : WagerEncoder.encode(wagerOrNone);
        var fingerprint = Fingerprint.of(reason, type, message);
        var id = bytes(UUID.randomUUID());
        var failedAt = LocalDateTime.of(2026, 11, 20, 0, 0).plusNanos(i * 700_000_000L);

        row.setBytes(1, id);
        row.setString(2, status.wireForm());
        row.setString(3, reason.wireForm());
        row.setString(4, fingerprint.value());
        row.setString(5, fingerprint.title());
        row.setString(6, type);
        row.setString(7, message);
        setWager(row, wagerOrNone);
        row.setString(11, new String(body, StandardCharsets.UTF_8));
        for (var column = 12; column <= 15; column++) {
            row.setObject(column, failedAt);
        }
        row.addBatch();
        content.setBytes(1, id);
        content.setBytes(2, body);
        content.setString(
                3, wagerOrNone == null ? "none" : wagerOrNone.wagerId().toString());
        content.setObject(4, failedAt);
        content.setString(5, HeaderJson.write(Map.of(MessageHeaders.SCHEMA_VERSION, 1)));
        content.setString(6, "at some.Place(Place.java:17)\n".repeat(60));
        content.addBatch();
        event.setBytes(1, id);
        event.setString(2, DeadLetterEventKind.FAILED.wireForm());
        event.setObject(3, failedAt);
        event.setBytes(4, bytes(UUID.randomUUID()));
        event.setString(5, reason.wireForm());
        event.setString(6, type);
        event.setString(7, message);
        event.addBatch();
    }

    private static void setWager(PreparedStatement row, @Nullable Wager wager) throws SQLException {
        row.setBytes(8, wager == null ? null : bytes(wager.wagerId().value()));
        row.setBytes(9, wager == null ? null : bytes(wager.accountId().value()));
        row.setString(10, wager == null ? null : wager.provider());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
