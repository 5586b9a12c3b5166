package io.wager.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.consumer.store.StoreException.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;

class DatabaseFaultsTest {

    @ParameterizedTest
    @CsvSource({
        // SQL Server: deadlock, lock timeout, snapshot conflict, duplicate keys, log full, login, database, network.
        "40001, 1205, CONTENTION",
        "S0001, 1205, CONTENTION",
        "S0001, 1222, CONTENTION",
        "S0001, 3960, CONTENTION",
        "23000, 2627, CONTENTION",
        "23000, 2601, CONTENTION",
        "S0001, 9002, OUTAGE",
        "S0001, 3906, OUTAGE",
        "S0001, 18456, OUTAGE",
        "S0001, 4060, OUTAGE",
        "08S01, 0, OUTAGE",
        "HYT00, 0, OUTAGE",
        // SQL Server: the environment's.
        "S0002, 208, MISCONFIGURED",
        "S0001, 922, OUTAGE",
        "S0005, 229, MISCONFIGURED",
        "S0001, 457, MISCONFIGURED",
        "S0001, 500, MISCONFIGURED",
        "S0001, 8622, MISCONFIGURED",
        // SQL Server: the wager's.
        "22003, 8115, DATA",
        "S0001, 8115, DATA",
        "22001, 8152, DATA",
        "23000, 515, DATA",
        "23000, 547, DATA",
        // H2.
        "23505, 23505, CONTENTION",
        "23506, 23506, CONTENTION",
        "HYT00, 50200, CONTENTION",
        "40001, 40001, CONTENTION",
        "90098, 90098, OUTAGE",
        "42S02, 42102, MISCONFIGURED",
        "22003, 22003, DATA",
        "22001, 22001, DATA",
        "23513, 23513, DATA",
        // Nobody's.
        "S0001, 33557097, UNKNOWN",
        "S0001, 50000, UNKNOWN"
    })
    void anErrorIsSortedByItsCodeAndState(String state, int code, Kind kind) {
        var failure = new IllegalStateException(new SQLException("made up", state, code));

        assertThat(DatabaseFaults.kindOf(failure)).isEqualTo(kind);
    }

    @Test
    void anErrorWithoutStateAndCodeIsSortedByItsType() {
        assertThat(DatabaseFaults.kindOf(new SQLRecoverableException("made up")))
                .isEqualTo(Kind.OUTAGE);
        assertThat(DatabaseFaults.kindOf(new SQLDataException("made up"))).isEqualTo(Kind.DATA);
        assertThat(DatabaseFaults.kindOf(new SQLException("made up"))).isEqualTo(Kind.UNKNOWN);
        assertThat(DatabaseFaults.kindOf(new IllegalStateException("made up"))).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void aMissingGameIsNotTheWagersFaultOnSqlServerWhereChecksHaveTheSameCode() {
        var foreignKey = new SQLException(
                "The INSERT conflicted with the FOREIGN KEY constraint \"fk_wager_game\".", "23000", 547);
        var check =
                new SQLException("The INSERT conflicted with the CHECK constraint \"ck_wager_amount\".", "23000", 547);

        assertThat(DatabaseFaults.kindOf(foreignKey)).isEqualTo(Kind.CONTENTION);
        assertThat(DatabaseFaults.kindOf(check)).isEqualTo(Kind.DATA);
    }

    @Test
    void whatABatchChainedToItsFailureCounts() {
        var batch = new BatchUpdateException("a batch", "HY000", 0, new int[0]);
        batch.setNextException(new SQLException("made up", "40001", 1205));

        assertThat(DatabaseFaults.kindOf(new DataIntegrityViolationException("wrapped", batch)))
                .isEqualTo(Kind.CONTENTION);
    }

    @Test
    void waitingBeatsBlamingTheData() {
        var overflow = new SQLException("made up", "22003", 8115);
        overflow.setNextException(new SQLException("made up", "08S01", 0));

        assertThat(DatabaseFaults.kindOf(overflow)).isEqualTo(Kind.OUTAGE);
    }

    @Test
    void aMissingTableIsNoOutage() {
        assertThat(DatabaseFaults.isOutage(new SQLException("made up", "42S02", 42102)))
                .isFalse();
        assertThat(DatabaseFaults.isOutage(new SQLException("made up", "S0002", 208)))
                .isFalse();
        assertThat(DatabaseFaults.isOutage(new SQLException("made up", "08S01", 0)))
                .isTrue();
    }
}
