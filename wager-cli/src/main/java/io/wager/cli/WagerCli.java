package io.wager.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What all commands of wager have in common: the look of their help, exit codes, and errors of one line. */
public final class WagerCli {

    /** The exit code of wrong usage, as sysexits has it. */
    public static final int USAGE = 64;

    /** The exit code of a defect, as sysexits has it. */
    public static final int BROKEN = 70;

    /** Wrong usage in a list of exit codes. */
    public static final String USAGE_MEANS = "64:wrong usage";

    /** A defect in a list of exit codes. */
    public static final String BROKEN_MEANS = "70:a defect of wager";

    private static final int HELP_COLUMNS = 100;
    /** Of 1 for the same word. A letter left out, doubled or swapped gives above 0.85, another word below 0.75. */
    private static final double LEAST_SIMILARITY = 0.8;

    private WagerCli() {}

    /**
     * Makes the commands of a command line behave alike.
     *
     * @param line the command line with all its subcommands
     * @return the same, which prints to standard output and standard error
     */
    public static CommandLine setUp(CommandLine line) {
        line.setOut(new PrintWriter(System.out, true, System.out.charset()))
                .setErr(new PrintWriter(System.err, true, System.err.charset()))
                .registerConverter(Duration.class, Durations::parse)
                .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("wager: this should not happen: " + e);
                    return BROKEN;
                })
                .setUsageHelpWidth(HELP_COLUMNS);
        describe(line);
        return line;
    }

    /**
     * Runs a command. {@code help COMMAND} is {@code COMMAND --help}, so that both name the nearest of an unknown command.
     *
     * @param line as {@link #setUp} left it
     * @param arguments the command and its options
     * @return the exit code
     */
    public static int run(CommandLine line, String... arguments) {
        var isHelp = arguments.length == 2 && arguments[0].equals("help") && !arguments[1].startsWith("-");
        var code = line.execute(known(line, isHelp ? new String[] {arguments[1], "--help"} : arguments));
        line.getOut().flush();
        line.getErr().flush();
        return code;
    }

    /** An unknown command alone: with {@code --help} behind it picocli would show the help of the root. */
    private static String[] known(CommandLine line, String... arguments) {
        var isKnown = arguments.length == 0
                || arguments[0].startsWith("-")
                || line.getSubcommands().containsKey(arguments[0]);
        return isKnown ? arguments : new String[] {arguments[0]};
    }

    private static void describe(CommandLine line) {
        var spec = line.getCommandSpec();
        spec.exitCodeOnInvalidInput(USAGE).versionProvider(new Version());
        var usage = spec.usageMessage();
        usage.sortOptions(false)
                .synopsisHeading("%nUsage: ")
                .descriptionHeading("%n")
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%nArguments:%n")
                .exitCodeListHeading("%nExit codes:%n");
        if (usage.footer().length > 0) {
            usage.footerHeading("%nExamples:%n");
        }
        line.getSubcommands().values().forEach(WagerCli::describe);
    }

    private static int wrongUsage(ParameterException e) {
        var spec = e.getCommandLine().getCommandSpec();
        e.getCommandLine().getErr().println("wager: " + problem(e, spec) + " See: ./wager " + helpOf(spec));
        return USAGE;
    }

    /** How to ask for a command's help. Picocli's own command knows no commands of commands. */
    private static String helpOf(CommandSpec spec) {
        if (spec.parent() == null) {
            return "help";
        }
        var parent = spec.parent();
        return parent.parent() == null ? "help " + spec.name() : parent.name() + " " + spec.name() + " --help";
    }

    private static String problem(ParameterException e, CommandSpec spec) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage() + ".";
        }
        var word = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
        var isOption = word.startsWith("-");
        var names = isOption
                ? spec.options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName)
                : spec.subcommands().entrySet().stream()
                        .filter(command -> !command.getValue()
                                .getCommandSpec()
                                .usageMessage()
                                .hidden())
                        .map(Map.Entry::getKey);
        var nearest = nearest(word, names);
        return (isOption || !spec.subcommands().isEmpty() ? "does not know " : "does not take ")
                + word
                + (nearest.isEmpty() ? "." : ". Did you mean " + String.join(" or ", nearest) + "?");
    }

    private static List<String> nearest(String word, Stream<String> names) {
        var similarity = new JaroWinklerSimilarity();
        record Candidate(String name, double similarity) {}
        var candidates = names.map(name -> new Candidate(
                        name, similarity.apply(word.replaceFirst("^-+", ""), name.replaceFirst("^-+", ""))))
                .filter(candidate -> candidate.similarity >= LEAST_SIMILARITY)
                .sorted(Comparator.comparingDouble((Candidate candidate) -> -candidate.similarity))
                .toList();
        return candidates.stream().limit(1).map(Candidate::name).toList();
    }
}
