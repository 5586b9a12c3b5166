package io.wager.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.cli.WagerCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WagerCommandTest {

    private final StringWriter out = new StringWriter();

    static Stream<String> commands() {
        return commandLine().getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpHasDescriptionExamplesAndExitCodes(String name) {
        assertThat(run(name, "--help")).isZero();

        var usage = commandLine()
                .parseArgs(name, "--help")
                .subcommand()
                .commandSpec()
                .usageMessage();
        assertThat(usage.header()).as("header").isNotEmpty();
        assertThat(usage.description()).as("description").isNotEmpty();
        assertThat(usage.exitCodeList()).as("exit codes").containsKey("64");
        assertThat(usage.footer()).as("examples").isNotEmpty().allMatch(example -> example.contains("./wager"));
        assertThat(out.toString())
                .contains("Usage: wager ")
                .contains(usage.header()[0], "Exit codes:", "Examples:", usage.footer()[0].strip());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpAndTheCommandsOwnHelpAreTheSame(String name) {
        assertThat(run(name, "--help")).isZero();
        var own = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run("help", name)).isZero();

        assertThat(out.toString()).isEqualTo(own);
    }

    @Test
    void theListHasEveryCommandOnceThoseOfDevelopersInAGroup() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .containsSubsequence(
                        "\nCommands:\n  start ",
                        "\n  demo ",
                        "\n  post ",
                        "\n  reconcile ",
                        "\n  key ",
                        "\n  help ",
                        "\n  generate-completion ",
                        "\nCommands for work on wager itself:\n  faults ",
                        "\n  bench ",
                        "\n  scale ",
                        "\nExit codes:",
                        "\nExamples:")
                .doesNotContain("train");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            strat                       | does not know strat. Did you mean start? See: ./wager help
            help recon                  | does not know recon. Did you mean reconcile? See: ./wager help
            bnech                       | does not know bnech. Did you mean bench? See: ./wager help
            start --prot=9000           | does not know --prot. Did you mean --port? See: ./wager help start
            --dtaa x                    | does not know --dtaa. Did you mean --data? See: ./wager help start
            start extra                 | does not take extra. See: ./wager help start
            --wager.data x              | does not know --wager.data. See: ./wager help start
            --port                      | Missing required parameter for option '--port' (N). See: ./wager help start
            --port=0                    | --port must be a number from 1 to 65535, not 0. See: ./wager help start
            --port=65536                | --port must be a number from 1 to 65535, not 65536. See: ./wager help start
            --port=x                    | 'x' is not an int. See: ./wager help start
            demo --prot 1               | does not know --prot. Did you mean --port? See: ./wager help demo
            demo --count 0              | --count must be from 1 to 10000000. See: ./wager help demo
            reconcile --reprot r        | does not know --reprot. Did you mean --report? See: ./wager help reconcile
            reconcile --settle=soon     | such as 30s or 5m, not soon. See: ./wager help reconcile
            reconcile --data=none       | there is no database in the data folder
            key                         | key needs a command: new, list or revoke. See: ./wager help key
            key revok                   | does not know revok. Did you mean revoke? See: ./wager help key
            key new --role ops:read     | Missing required option: '--name=NAME'. See: ./wager key new --help
            key new --name a --role x   | there is no role x; the roles are wagers:write
            bench --rounds 1            | does not know --rounds. See: ./wager help bench
            bench                       | bench is not in this jar. Run ./wager bench
            """)
    void wrongUsageIsToldInOneLineWithTheNearestWord(String arguments, String told) {
        assertThat(run(arguments.split(" "))).isEqualTo(64);

        assertThat(out.toString()).startsWith("wager: ").contains(told).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "start --version", "demo --version", "post -V", "reconcile --version"})
    void theVersionIsThatOfTheBuild(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();

        assertThat(out.toString()).matches("wager \\d.*\\R");
    }

    @Test
    void optionsWithoutACommandAreThoseOfStart() {
        var parsed = commandLine()
                .parseArgs(WagerCommand.withCommand("--port", "9000", "--wager.ingest.batch-size=100", "--a.b=c d"));

        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("start");
        assertThat(parsed.subcommand().unmatched()).containsExactly("--wager.ingest.batch-size=100", "--a.b=c d");
        assertThat(WagerCommand.withCommand()).containsExactly("start");
    }

    @Test
    void aStartWithoutArgumentsIsOneWithTheDefaultsOfItsOptions() {
        var server = CommandLine.populateCommand(new ServerOptions());

        assertThat(server.with(false, List.of())).isEqualTo(StartOptions.DEFAULTS);
    }

    @Test
    void theCompletionScriptKnowsTheCommandsAndTheirOptions() {
        assertThat(run("generate-completion")).isZero();

        assertThat(out.toString())
                .contains("start demo post reconcile key", "--give-up-after")
                .doesNotContain("train");
    }

    private static CommandLine commandLine() {
        return WagerCommand.commandLine(new StartCommand());
    }

    private int run(String... arguments) {
        var writer = new PrintWriter(out, true);
        return WagerCli.run(commandLine().setOut(writer).setErr(writer), WagerCommand.withCommand(arguments));
    }
}
