package io.wager.cli;

import io.wager.cli.api.WagerApi;
import io.wager.cli.demo.DemoRun;
import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.post.PostRun;
import io.wager.cli.terminal.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that talk to a running wager. Exit codes: 0 well, 1 not all well, 2 not reachable, 64 wrong usage. */
@Command(
        name = "wager",
        description = "Talks to a running wager over HTTP.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class WagerCli {

    static final int USAGE = 64;
    private static final int BROKEN = 70;
    private static final int MAX_CONCURRENCY = 64;
    private static final int MAX_COUNT = 10_000_000;

    private final Screen screen;

    private WagerCli(Screen screen) {
        this.screen = screen;
    }

    /**
     * Runs a command and ends the process.
     *
     * @param args the command and its options
     */
    public static void main(String... args) {
        System.exit(run(args));
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @return the exit code
     */
    public static int run(String... args) {
        return run(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                Screen.detectTerminal(),
                args);
    }

    static int run(PrintWriter out, PrintWriter err, boolean isTerminal, String... args) {
        var screen = new Screen(out, err, isTerminal);
        var line = new CommandLine(new WagerCli(screen))
                .setOut(out)
                .setErr(err)
                .registerConverter(Duration.class, Durations::parse);
        allowUsageExitCode(line);
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof WrongUsage) {
                screen.error(e.getMessage() + ". See: wager help " + command.getCommandName());
                return USAGE;
            }
            screen.error("this should not happen: " + e);
            return BROKEN;
        });
        if (args.length == 0) {
            line.usage(err);
            return USAGE;
        }
        var code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static void allowUsageExitCode(CommandLine line) {
        line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
        line.getSubcommands().values().forEach(WagerCli::allowUsageExitCode);
    }

    @Command(
            name = "post",
            description = {
                "Posts wagers from a file, or from standard input, and tells what was refused and why.",
                "The file is a JSON array, or JSON with one wager a line; it is read as it is sent and may be of any size.",
                "Can be run again after any failure: a wager that was accepted before counts once.",
                "Exit codes: 0 all accepted, 1 some were not, 2 not reachable, 64 wrong usage."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int post(
            @Parameters(paramLabel = "FILE|-", description = "What to post; - for standard input.") String file,
            @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = URL_HELP) URI url,
            @Option(names = "--batch", defaultValue = "500", description = BATCH_HELP) int batch,
            @Option(names = "--concurrency", defaultValue = "2", description = CONCURRENCY_HELP) int concurrency,
            @Option(names = "--give-up-after", defaultValue = "5m", description = GIVE_UP_HELP) Duration giveUpAfter)
            throws InterruptedException {
        check(url, batch, concurrency);
        var run = new PostRun(url, batch, concurrency, giveUpAfter);
        if (file.equals("-")) {
            return run.run(System.in, -1, screen);
        }
        var path = Path.of(file);
        if (Files.isDirectory(path)) {
            screen.error(file + " is a directory");
            return USAGE;
        }
        try (var input = Files.newInputStream(path)) {
            return run.run(input, Files.size(path), screen);
        } catch (NoSuchFileException e) {
            screen.error("there is no file " + file);
            return USAGE;
        } catch (IOException e) {
            screen.error("can't read " + file + ": " + e.getMessage());
            return USAGE;
        }
    }

    @Command(
            name = "demo",
            description = {
                "Posts a generated stream of wagers, with duplicates, conflicts and poison, waits until it is stored, and"
                        + " checks that what the service then answers is exactly what was sent.",
                "The same seed and count make the same stream: run again, everything is a duplicate and nothing changes.",
                "Exit codes: 0 exact, 1 mismatch, 2 not reachable, 64 wrong usage."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int demo(
            @Option(names = "--count", defaultValue = "20000", description = "Wagers to send. Default: 20000.")
                    int count,
            @Option(names = "--seed", defaultValue = "42", description = "Makes the stream. Default: 42.") long seed,
            @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = URL_HELP) URI url,
            @Option(names = "--batch", defaultValue = "500", description = BATCH_HELP) int batch,
            @Option(names = "--concurrency", defaultValue = "2", description = CONCURRENCY_HELP) int concurrency,
            @Option(names = "--no-wait", description = "Only post: send no conflicts, check nothing.") boolean noWait,
            @Option(names = "--give-up-after", defaultValue = "5m", description = GIVE_UP_HELP) Duration giveUpAfter)
            throws InterruptedException {
        check(url, batch, concurrency);
        require(count >= 1 && count <= MAX_COUNT, "--count must be from 1 to " + MAX_COUNT);
        return new DemoRun(new WagerGenerator(seed, count), url, batch, concurrency, giveUpAfter, screen).run(!noWait);
    }

    private static final String URL_HELP = "Where the API is. Default: http://127.0.0.1:8080.";
    private static final String BATCH_HELP = "Wagers in a request, 1 to 1000. Default: 500.";
    private static final String CONCURRENCY_HELP = "Requests under way at a time, 1 to 64. Default: 2.";
    private static final String GIVE_UP_HELP =
            "How long to go on trying without any progress, such as 30s or 5m. Default: 5m.";

    private static void check(URI url, int batch, int concurrency) {
        var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        require(isHttp && url.getHost() != null, "--url must be like http://127.0.0.1:8080, not " + url);
        require(batch >= 1 && batch <= WagerApi.MAX_ITEMS, "--batch must be from 1 to " + WagerApi.MAX_ITEMS);
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                "--concurrency must be from 1 to " + MAX_CONCURRENCY);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new WrongUsage(message);
        }
    }

    /** Options that are well-formed and make no sense. */
    private static final class WrongUsage extends RuntimeException {
        WrongUsage(String message) {
            super(message);
        }
    }
}
