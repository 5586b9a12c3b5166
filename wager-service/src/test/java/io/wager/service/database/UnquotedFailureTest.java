package io.wager.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class UnquotedFailureTest {

    @Test
    void itHasTypesCodesAndPlacesButNoMessages() {
        var failure =
                new IllegalStateException("Marit lost", new SQLException("Marit is there already", "23505", 2627));
        failure.addSuppressed(new IllegalArgumentException("Marit"));

        assertThat(printed(UnquotedFailure.of(failure)))
                .contains("java.lang.IllegalStateException", "java.sql.SQLException code=2627 sqlState=23505")
                .contains("UnquotedFailureTest.java")
                .doesNotContain("Marit");
    }

    @Test
    void aLoopOfCausesEnds() {
        var inner = new IllegalStateException("inner");
        var outer = new IllegalStateException("outer", inner);
        inner.initCause(outer);

        assertThat(UnquotedFailure.of(outer)).hasMessage("java.lang.IllegalStateException");
    }

    private static String printed(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
