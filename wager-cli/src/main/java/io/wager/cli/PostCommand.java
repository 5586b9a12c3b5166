package io.wager.cli;

import io.wager.cli.post.PostRun;
import io.wager.cli.terminal.Screen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wager post}: posts wagers from a file or from standard input. */
@Command(
        name = "post",
        header = "Posts wagers from a file or from standard input.",
        description = {
            "Posts every wager and prints how many were accepted, which were refused, and why.",
            "The input is a JSON array, or JSON with one wager a line. It is read while it is sent and may have any size.",
            "The command can be run again after any failure: a wager that was accepted before counts once."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:every wager was accepted",
            "1:a wager was refused or failed, or the input is broken",
            "2:the API could not be reached, or could not be used",
            WagerCli.USAGE_MEANS,
            WagerCli.BROKEN_MEANS
        },
        footer = {
            "  ./wager post wagers.json",
            "  zcat wagers.ndjson.gz | ./wager post -",
            "  ./wager post wagers.json --url http://127.0.0.1:9000 --concurrency 8"
        })
public final class PostCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final SendOptions sending = new SendOptions();

    @Parameters(paramLabel = "FILE|-", description = "The file to post; - for standard input.")
    private String file = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = DemoCommand.DEFAULT_URL,
            description = "Where the API is (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create(DemoCommand.DEFAULT_URL);

    @Override
    public Integer call() throws InterruptedException {
        var screen = Screen.of(spec);
        var run = new PostRun(sending.checked(url), sending.batch(), sending.concurrency(), sending.giveUpAfter());
        if (file.equals("-")) {
            return run.run(System.in, -1, screen);
        }
        var path = Path.of(file);
        if (Files.isDirectory(path)) {
            screen.error(file + " is a directory");
            return WagerCli.USAGE;
        }
        try (var input = Files.newInputStream(path)) {
            return run.run(input, Files.size(path), screen);
        } catch (NoSuchFileException e) {
            screen.error("there is no file " + file);
            return WagerCli.USAGE;
        } catch (IOException e) {
            screen.error("can't read " + file + ": " + e.getMessage());
            return WagerCli.USAGE;
        }
    }
}
