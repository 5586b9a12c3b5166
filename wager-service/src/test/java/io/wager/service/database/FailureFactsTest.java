package io.wager.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.UncategorizedSQLException;

class FailureFactsTest {

    @Test
    void theyTellCodeSeverityAndRootAndNothingOfTheRows() {
        var failure = new IllegalStateException(
                "a batch of 2 wagers was not stored",
                new UncategorizedSQLException("store", "INSERT secret", SqlServerErrors.of(9002, 17)));

        assertThat(FailureFacts.of(failure))
                .hasToString("kind=OUTAGE code=9002 sqlState=S0000 severity=17 cause=SQLServerException");
    }

    @Test
    void ofSeveralTheyTellTheOneThatDecidesAndTheRootOfAll() {
        var failure = new SQLException("out of range", "22003", 8115);
        failure.setNextException(new SQLException("connection reset", "08S01", 0, new IOException("reset")));

        assertThat(FailureFacts.of(failure)).hasToString("kind=OUTAGE sqlState=08S01 cause=SQLException");
    }

    @Test
    void aFailureThatIsNotOfTheDatabaseIsToldByItsClass() {
        assertThat(FailureFacts.of(new IllegalArgumentException("x", new IllegalStateException("secret"))))
                .hasToString("kind=UNKNOWN cause=IllegalStateException");
    }

    @Test
    void whoeverKnowsMoreSaysWhatItMeans() {
        var failure = new SQLException("duplicate key", "23000", 2627);

        assertThat(FailureFacts.of(failure, FaultKind.UNKNOWN))
                .hasToString("kind=UNKNOWN code=2627 sqlState=23000 cause=SQLException");
    }
}
