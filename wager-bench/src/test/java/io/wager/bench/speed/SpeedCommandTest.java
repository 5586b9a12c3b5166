package io.wager.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SpeedCommandTest {

    @TempDir
    Path folder;

    @Test
    void anExperimentThatDoesNotExistIsToldBeforeAnythingIsMeasured() {
        var errors = new StringWriter();
        var out = folder.resolve("runs");

        var code = new CommandLine(new SpeedCommand())
                .setErr(new PrintWriter(errors, true))
                .execute("--jars", folder.toString(), "--out", out.toString(), "--only", "drain,dran");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--only drain,dran: the experiments are http, access, drain, ");
        assertThat(out).doesNotExist();
    }
}
