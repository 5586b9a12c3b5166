package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListParameterTest {

    private static final String SQL = "SELECT a FROM t WHERE {t.a in ids :wagerIds} AND {n in numbers :sequences}";

    @Test
    void aListIsOneTableValuedParameterOnSqlServer() {
        assertThat(ListParameter.forSqlServer(SQL))
                .isEqualTo("SELECT a FROM t WHERE t.a IN (SELECT listed.item FROM :wagerIds AS listed)"
                        + " AND n IN (SELECT listed.item FROM :sequences AS listed)");
    }

    @Test
    void aListIsOneArrayOnH2() {
        assertThat(ListParameter.forH2(SQL))
                .isEqualTo("SELECT a FROM t WHERE t.a = ANY(CAST(:wagerIds AS BINARY(16) ARRAY))"
                        + " AND n = ANY(CAST(:sequences AS BIGINT ARRAY))");
    }

    /** H2 keeps no result of a subquery in a condition: it ran as often as there are items. */
    @Test
    void h2LooksTheItemsUpInTheIndexAndRunsNoQueryForIt() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id BINARY(16) PRIMARY KEY)");
            var sql = ListParameter.forH2("EXPLAIN SELECT id FROM t WHERE {id in ids :ids}")
                    .replace(":ids", "?");
            try (var explain = connection.prepareStatement(sql)) {
                ListParameter.ids(List.of(UUID.randomUUID())).setTypeValue(explain, 1, Types.ARRAY, null);
                try (var plan = explain.executeQuery()) {
                    plan.next();
                    assertThat(plan.getString(1))
                            .contains("PRIMARY_KEY")
                            .doesNotContain("tableScan")
                            .containsOnlyOnce("SELECT");
                }
            }
        }
    }

    /** A table type has a primary key. */
    @Test
    void whatIsListedTwiceIsSentOnce() {
        var id = UUID.randomUUID();

        assertThat(ListParameter.ids(List.of(id, id))).hasToString("1 IDS");
        assertThat(ListParameter.numbers(List.of(1L, 2L, 1L))).hasToString("2 NUMBERS");
    }
}
