package io.wager.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ScaleCommandTest {

    @Test
    void costsThatAreTooFewAreToldWithoutAStackTrace() {
        var errors = new StringWriter();

        var code = new CommandLine(new ScaleCommand())
                .setErr(new PrintWriter(errors, true))
                .execute("--costs", "1,2,3");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString())
                .contains("--costs takes 8 numbers and got 3")
                .doesNotContain("\tat ");
    }
}
