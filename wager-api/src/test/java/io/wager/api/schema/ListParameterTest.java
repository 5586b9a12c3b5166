package io.wager.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListParameterTest {

    private static final String SQL = "SELECT a FROM t WHERE a IN (SELECT listed.item FROM {ids :wagerIds})"
            + " AND n IN (SELECT listed.item FROM {numbers :sequences})";

    @Test
    void aListIsOneTableValuedParameterOnSqlServer() {
        assertThat(ListParameter.forSqlServer(SQL))
                .isEqualTo("SELECT a FROM t WHERE a IN (SELECT listed.item FROM :wagerIds AS listed)"
                        + " AND n IN (SELECT listed.item FROM :sequences AS listed)");
    }

    @Test
    void aListIsOneArrayOnH2() {
        assertThat(ListParameter.forH2(SQL))
                .isEqualTo(
                        "SELECT a FROM t WHERE a IN (SELECT listed.item FROM"
                                + " UNNEST(CAST(:wagerIds AS BINARY(16) ARRAY)) AS listed(item))"
                                + " AND n IN (SELECT listed.item FROM UNNEST(CAST(:sequences AS BIGINT ARRAY)) AS listed(item))");
    }

    /** A table type has a primary key. */
    @Test
    void whatIsListedTwiceIsSentOnce() {
        var id = UUID.randomUUID();

        assertThat(ListParameter.ids(List.of(id, id))).hasToString("1 IDS");
        assertThat(ListParameter.numbers(List.of(1L, 2L, 1L))).hasToString("2 NUMBERS");
    }
}
