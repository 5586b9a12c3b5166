package io.wager.standalone;

import io.wager.cli.DeveloperCommands;
import io.wager.cli.PostCommand;
import io.wager.cli.WagerCli;
import io.wager.standalone.key.KeyCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code ./wager} runs: the commands of wager, the first of which is the default. */
@Command(
        name = "wager",
        header = "Captures casino wagers and makes them queryable.",
        description = "Without a command it starts. See ./wager help start.",
        mixinStandardHelpOptions = true,
        customSynopsis = {"wager [start] [OPTIONS]", "       wager COMMAND [OPTIONS]"},
        exitCodeList = {"0:done", WagerCli.USAGE_MEANS, WagerCli.BROKEN_MEANS},
        footer = {
            "  ./wager                   starts wager on http://127.0.0.1:8080",
            "  ./wager demo              sends a stream of wagers and checks the answers",
            "  ./wager help reconcile    shows what a command does, its options and its exit codes"
        })
public final class WagerCommand {

    private static final String DEFAULT_COMMAND = "start";
    private static final Map<String, String> DONE_OR_WRONG_USAGE =
            UsageMessageSpec.keyValuesMap(new String[] {"0:done", WagerCli.USAGE_MEANS});

    private WagerCommand() {}

    /**
     * Runs a command; the process ends with its exit code, or stays for as long as the standalone runs.
     *
     * @param arguments the command and its options; none starts the standalone
     */
    public static void main(String[] arguments) {
        var start = new StartCommand();
        // Where there is nothing to parse, a start spares itself picocli, whose classes are too old for the start
        // archive.
        var code = arguments.length == 0
                ? start.start(StartOptions.DEFAULTS, System.out::println, System.err::println)
                : WagerCli.run(commandLine(start), withCommand(arguments));
        if (!start.isRunning()) {
            System.exit(code);
        }
    }

    static CommandLine commandLine(StartCommand start) {
        var root = new CommandLine(new WagerCommand())
                .addSubcommand(start)
                .addSubcommand(new StandaloneDemo())
                .addSubcommand(new PostCommand())
                .addSubcommand(new FolderReconcile())
                .addSubcommand(KeyCommand.line())
                .addSubcommand("help", help())
                .addSubcommand("generate-completion", completion())
                .addSubcommand(new TrainingRun())
                .addSubcommand("faults", DeveloperCommand.of("faults", DeveloperCommands.FAULTS))
                .addSubcommand("bench", DeveloperCommand.of("bench", DeveloperCommands.BENCH))
                .addSubcommand("scale", DeveloperCommand.of("scale", DeveloperCommands.SCALE));
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, WagerCommand::commandList);
        return WagerCli.setUp(root);
    }

    /** Options without a command are those of the default command, but for those of no command. */
    static String[] withCommand(String... arguments) {
        var isOfNoCommand = arguments.length > 0
                && (!arguments[0].startsWith("-")
                        || Stream.of("-h", "--help", "-V", "--version").anyMatch(arguments[0]::equals));
        return isOfNoCommand
                ? arguments
                : Stream.concat(Stream.of(DEFAULT_COMMAND), Stream.of(arguments))
                        .toArray(String[]::new);
    }

    /** Picocli's own command, with what it does not say. */
    private static CommandLine help() {
        var line = new CommandLine(new HelpCommand());
        line.getCommandSpec()
                .usageMessage()
                .header("Shows what a command does, its options and its exit codes.")
                .description("Without COMMAND it lists the commands.")
                .exitCodeList(DONE_OR_WRONG_USAGE)
                .footer("  ./wager help", "  ./wager help start");
        return line;
    }

    /** Picocli's own command, with what it does not say. */
    private static CommandLine completion() {
        var line = new CommandLine(new GenerateCompletion());
        line.getCommandSpec()
                .usageMessage()
                .header("Prints a script that completes the command line in bash and zsh.")
                .description("Options of the commands for work on wager itself are not in it.")
                .exitCodeList(DONE_OR_WRONG_USAGE)
                .footer(
                        "  source <(./wager generate-completion)",
                        "  ./wager generate-completion >~/.wager-completion");
        return line;
    }

    private static String commandList(Help help) {
        Map<String, Help> everybodys = new LinkedHashMap<>();
        Map<String, Help> developers = new LinkedHashMap<>();
        help.subcommands().forEach((name, command) -> {
            var isOfDevelopers = command.commandSpec().userObject() instanceof DeveloperCommand;
            (isOfDevelopers ? developers : everybodys).put(name, command);
        });
        return "%nCommands:%n%s%nCommands for work on wager itself:%n%s"
                .formatted(help.commandList(everybodys), help.commandList(developers));
    }
}
