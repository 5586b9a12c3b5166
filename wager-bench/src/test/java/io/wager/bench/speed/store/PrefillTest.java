package io.wager.bench.speed.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wagers that are stored before something is measured. */
final class PrefillTest {

    private final Connection connection = open();

    @BeforeEach
    void makeSchema() throws Exception {
        var schema =
                Objects.requireNonNull(getClass().getResourceAsStream("/db/migration/h2/V1__create_wager_tables.sql"));
        RunScript.execute(connection, new InputStreamReader(schema, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void theTotalsAreThoseOfTheWagers() throws Exception {
        Prefill.fill(connection, 0, 2_000);
        Prefill.fill(connection, 2_000, 3_000);

        assertThat(column("SELECT COUNT(*) FROM wager")).containsExactly("3000");
        assertThat(column("SELECT SUM(wager_count) FROM player")).containsExactly("3000");
        assertThat(column("SELECT SUM(total_amount) FROM player_day"))
                .isEqualTo(column("SELECT SUM(amount) FROM wager"));
    }

    @Test
    void theIndexesAreTheSameAfterwards() throws Exception {
        var before = indexes();

        Prefill.fill(connection, 0, 100);

        assertThat(before).hasSizeGreaterThan(2);
        assertThat(indexes()).containsExactlyInAnyOrderElementsOf(before);
    }

    private List<String> indexes() throws SQLException {
        return column("SELECT table_name || ' ' || column_name || ' ' || ordinal_position || ' ' || is_unique"
                + " FROM information_schema.index_columns WHERE table_name = 'WAGER'");
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static Connection open() {
        try {
            return DriverManager.getConnection("jdbc:h2:mem:", "sa", "");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
