package io.wager.cli;

import io.wager.cli.demo.DemoRun;
import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.terminal.Screen;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wager demo}: posts a generated stream and checks the answers. A subclass may start the wager that it goes to. */
@Command(
        name = "demo",
        header = "Posts a generated stream of wagers and checks what the API answers.",
        description = {
            "Posts a stream with duplicates, conflicts and poison, waits until it is stored, and compares every sum and"
                    + " count of the answers with what was sent.",
            "The same seed and count make the same stream: a second run posts duplicates only and changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:all answers are exact",
            "1:an answer is not what was sent",
            "2:the API could not be reached, or could not be used",
            WagerCli.USAGE_MEANS,
            WagerCli.BROKEN_MEANS
        })
public class DemoCommand implements Callable<Integer> {

    /** Where an API is that was started without options. */
    static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private static final int MAX_COUNT = 10_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Wagers to send, 1 to 10000000 (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The number that the stream is made from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The API to use; no wager is started then (default: " + DEFAULT_URL + ").")
    private @Nullable URI url;

    @Mixin
    private final SendOptions sending = new SendOptions();

    @Option(names = "--no-wait", description = "Only posts: sends no conflicts and checks nothing.")
    private boolean noWait;

    @Override
    public Integer call() throws Exception {
        return run(url == null ? URI.create(DEFAULT_URL) : url);
    }

    /**
     * Tells where the user says that the API is.
     *
     * @return the value of {@code --url}; null where it is not given
     */
    protected final @Nullable URI url() {
        return url;
    }

    /** Ends the command as wrong usage if an option is out of its range. */
    protected final void checkOptions() {
        sending.require(count >= 1 && count <= MAX_COUNT, "--count must be from 1 to " + MAX_COUNT);
        sending.batch();
        sending.concurrency();
    }

    /**
     * Runs the demo.
     *
     * @param target where the API is
     * @return the exit code
     * @throws InterruptedException if the thread was interrupted
     */
    protected final int run(URI target) throws InterruptedException {
        checkOptions();
        return new DemoRun(
                        new WagerGenerator(seed, count),
                        sending.checked(target),
                        sending.batch(),
                        sending.concurrency(),
                        sending.giveUpAfter(),
                        Screen.of(spec))
                .run(!noWait);
    }
}
