package io.wager.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"faults", "bench", "scale"})
    void everyHelpHasDescriptionExamplesAndExitCodes(String name) {
        assertThat(run(name, "--help")).isZero();

        var usage = BenchCommand.commandLine()
                .parseArgs(name, "--help")
                .subcommand()
                .commandSpec()
                .usageMessage();
        assertThat(usage.header()).isNotEmpty();
        assertThat(usage.description()).isNotEmpty();
        assertThat(usage.exitCodeList()).containsKeys("0", "64");
        assertThat(usage.footer()).isNotEmpty().allMatch(example -> example.startsWith("  ./wager " + name));
        assertThat(out.toString())
                .contains(usage.header()[0], "Exit codes:", "Examples:")
                .doesNotContain("jar=", "--jars");
    }

    @Test
    void wrongUsageIsToldInOneLineWithTheNearestWord() {
        assertThat(run("scale", "--rtaes", "5")).isEqualTo(64);

        assertThat(out.toString())
                .hasLineCount(1)
                .contains("does not know --rtaes. Did you mean --rates? See: ./wager help scale");
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(out, true);
        return BenchCommand.commandLine().setOut(writer).setErr(writer).execute(arguments);
    }
}
