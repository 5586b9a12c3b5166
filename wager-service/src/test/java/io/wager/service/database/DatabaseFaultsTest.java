package io.wager.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLRecoverableException;
import org.h2.message.DbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;

class DatabaseFaultsTest {

    /** Of errors that a statement may have brought about. */
    private static final int USERS_SEVERITY = 16;

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
    void anErrorIsSortedByItsCodeAndState(String state, int code, FaultKind kind) {
        var failure = new IllegalStateException(new SQLException("made up", state, code));

        assertThat(DatabaseFaults.kindOf(failure)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "sql-server-faults.csv", delimiter = '|', numLinesToSkip = 1)
    void anErrorOfSqlServerIsSortedByItsNumber(int number, FaultKind kind) {
        var failure = new UncategorizedSQLException("made up", null, SqlServerErrors.of(number, USERS_SEVERITY));

        assertThat(DatabaseFaults.kindOf(failure)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "h2-faults.csv", delimiter = '|', numLinesToSkip = 1)
    void anErrorOfH2IsSortedByItsCode(int code, FaultKind kind) {
        assertThat(DatabaseFaults.kindOf(DbException.getJdbcSQLException(code))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        // A number that nobody has listed, and one of a trigger's own.
        "99, 11, UNKNOWN",
        "99, 16, UNKNOWN",
        "99, 17, OUTAGE",
        "99, 18, OUTAGE",
        "99, 19, OUTAGE",
        "99, 20, OUTAGE",
        "99, 25, OUTAGE",
        "50000, 16, UNKNOWN",
        "50000, 18, OUTAGE",
        // Numbers that are H2's, thrown by a trigger.
        "50200, 16, UNKNOWN",
        "90098, 16, UNKNOWN",
        // A listed number has its kind at any severity.
        "1203, 20, CONTENTION",
        "605, 12, OUTAGE",
        "605, 21, OUTAGE"
    })
    void whatSqlServerCallsItsOwnFaultIsNeverTheWagers(int number, int severity, FaultKind kind) {
        assertThat(DatabaseFaults.kindOf(SqlServerErrors.of(number, severity))).isEqualTo(kind);
    }

    @Test
    void theStateThatTheDriverGivesToEverythingTellsNothing() throws Exception {
        // As with xopenStates=true in the URL.
        var failure = SqlServerErrors.of(99, USERS_SEVERITY, "42000");

        assertThat(DatabaseFaults.kindOf(failure)).isEqualTo(FaultKind.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA", "UNKNOWN"})
    void aCommitIsNeverRefusedForTheRows(FaultKind kind) {
        var cause = new SQLException("made up", kind == FaultKind.DATA ? "22003" : "S0001", 0);

        assertThat(DatabaseFaults.kindOf(cause)).isEqualTo(kind);
        assertThat(DatabaseFaults.kindOf(new CommitFailedException(new UncategorizedSQLException("x", null, cause))))
                .isEqualTo(FaultKind.OUTAGE);
    }

    @Test
    void aDeadlockAtTheCommitIsStillContention() {
        var deadlock = new SQLException("made up", "40001", 1205);

        assertThat(DatabaseFaults.kindOf(new CommitFailedException(new UncategorizedSQLException("x", null, deadlock))))
                .isEqualTo(FaultKind.CONTENTION);
    }

    @ParameterizedTest
    @CsvSource({
        // Nobody knows; ended by the server; its session, its transaction; another replica is the primary now.
        "99, 16, true",
        "50000, 16, true",
        "1203, 20, true",
        "596, 16, true",
        "3989, 16, true",
        "3906, 16, true",
        "983, 14, true",
        // Deadlock, duplicate key, no right, no table, overflow, log full: another connection would meet the same.
        "1205, 13, false",
        "2627, 14, false",
        "229, 14, false",
        "208, 16, false",
        "8115, 16, false",
        "9002, 17, false"
    })
    void aConnectionIsThrownAwayForWhatIsItsOwnAndForWhatNobodyKnows(int number, int severity, boolean isItsOwn) {
        assertThat(DatabaseFaults.isOfTheConnection(SqlServerErrors.of(number, severity)))
                .isEqualTo(isItsOwn);
    }

    @Test
    void aFeatureThatADriverLacksSaysNothingOfTheConnection() {
        assertThat(DatabaseFaults.isOfTheConnection(new SQLFeatureNotSupportedException("made up")))
                .isFalse();
    }

    @Test
    void anErrorWithoutStateAndCodeIsSortedByItsType() {
        assertThat(DatabaseFaults.kindOf(new SQLRecoverableException("made up")))
                .isEqualTo(FaultKind.OUTAGE);
        assertThat(DatabaseFaults.kindOf(new SQLDataException("made up"))).isEqualTo(FaultKind.DATA);
        assertThat(DatabaseFaults.kindOf(new SQLException("made up"))).isEqualTo(FaultKind.UNKNOWN);
        assertThat(DatabaseFaults.kindOf(new IllegalStateException("made up"))).isEqualTo(FaultKind.UNKNOWN);
    }

    @Test
    void aMissingGameIsNotTheWagersFaultOnSqlServerWhereChecksHaveTheSameCode() {
        var foreignKey = new SQLException(
                "The INSERT conflicted with the FOREIGN KEY constraint \"fk_wager_game\".", "23000", 547);
        var check =
                new SQLException("The INSERT conflicted with the CHECK constraint \"ck_wager_amount\".", "23000", 547);

        assertThat(DatabaseFaults.kindOf(foreignKey)).isEqualTo(FaultKind.CONTENTION);
        assertThat(DatabaseFaults.kindOf(check)).isEqualTo(FaultKind.DATA);
    }

    @Test
    void whatABatchChainedToItsFailureCounts() {
        var batch = new BatchUpdateException("a batch", "HY000", 0, new int[0]);
        batch.setNextException(new SQLException("made up", "40001", 1205));

        assertThat(DatabaseFaults.kindOf(new DataIntegrityViolationException("wrapped", batch)))
                .isEqualTo(FaultKind.CONTENTION);
    }

    @Test
    void waitingBeatsBlamingTheData() {
        var overflow = new SQLException("made up", "22003", 8115);
        overflow.setNextException(new SQLException("made up", "08S01", 0));

        assertThat(DatabaseFaults.kindOf(overflow)).isEqualTo(FaultKind.OUTAGE);
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
