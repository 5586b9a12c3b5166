package io.wager.api.audit;

import io.wager.api.schema.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Adds entries to the audit and reads them. Nothing here changes one, and nobody has the right to. */
@Repository
class AuditRepository {

    private static final String ADD = """
            INSERT INTO audit_entry (happened_at, actor, action, target, selection, note, outcome, trace_id)
            VALUES (:happenedAt, :actor, :action, :target, :selection, :note, :outcome, :traceId)
            """;

    private static final String PAGE_HEAD = """
            SELECT audit_seq, happened_at, actor, action, target, selection, note, outcome, trace_id
            FROM audit_entry
            WHERE audit_seq < :before""";

    private static final String PAGE_TAIL = """

            ORDER BY audit_seq DESC
            OFFSET 0 ROWS FETCH NEXT :rows ROWS ONLY
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(Action action, @Nullable String selection, String outcome) {
        jdbc.sql(ADD)
                .param("happenedAt", Columns.utc(clock.instant()))
                .param("actor", action.actor().name())
                .param("action", action.name())
                .param("target", action.target())
                .param("selection", selection)
                .param("note", action.note())
                .param("outcome", outcome)
                .param("traceId", action.traceId())
                .update();
    }

    /** Entries before a number, latest first. */
    List<Entry> page(AuditFilter filter, long before, int rows) {
        var sql = new StringBuilder(PAGE_HEAD);
        Map<String, Object> parameters = new HashMap<>(Map.of("before", before, "rows", rows));
        add(sql, parameters, "actor = :actor", "actor", filter.actor());
        add(sql, parameters, "action = CAST(:action AS VARCHAR(40))", "action", filter.action());
        add(sql, parameters, "target = CAST(:target AS VARCHAR(64))", "target", filter.target());
        add(sql, parameters, "happened_at >= :from", "from", filter.days().start());
        add(sql, parameters, "happened_at < :to", "to", filter.days().end());
        return jdbc.sql(sql.append(PAGE_TAIL).toString())
                .params(parameters)
                .query(AuditRepository::entry)
                .list();
    }

    private static void add(
            StringBuilder sql, Map<String, Object> parameters, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append("\nAND ").append(condition);
            parameters.put(name, value);
        }
    }

    private static Entry entry(ResultSet row, int ignoredNumber) throws SQLException {
        return new Entry(
                row.getLong("audit_seq"),
                new AuditResponse.Item(
                        Columns.instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("selection"),
                        row.getString("note"),
                        row.getString("outcome"),
                        row.getString("trace_id")));
    }

    /** An entry and its place. */
    record Entry(long sequence, AuditResponse.Item item) {}
}
