package io.wager.standalone;

import io.wager.cli.DemoCommand;
import io.wager.cli.WagerCli;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code ./wager demo}: drives the demo against the standalone that runs at the port, or starts one for as long as the demo
 * takes. With {@code --url} it starts nothing.
 */
@Command(
        name = "demo",
        description = {
            "Posts a stream with duplicates, conflicts and poison, waits until it is stored, and compares every sum and"
                    + " count of the answers with what was sent.",
            "The same seed and count make the same stream: a second run posts duplicates only and changes nothing.",
            "It uses the wager that runs on the port. If none runs there, it starts one and stops it at the end."
        },
        exitCodeList = {
            "0:all answers are exact",
            "1:an answer is not what was sent, or wager could not start",
            "2:the API could not be reached, or could not be used",
            "3:the memory was used up; WAGER_JAVA_OPTS=-Xmx1g ./wager demo gives more",
            WagerCli.USAGE_MEANS,
            "69:the port is taken by something else; --port gives another",
            WagerCli.BROKEN_MEANS,
            "73:the data folder is in use or can't be used; --data gives another",
            "74:a database could not be written for 30 s; free the disk, look at the log, start again"
        },
        footer = {
            "  ./wager demo",
            "  ./wager demo --count 1000000 --seed 7 --port 9000 --data /tmp/wager-demo",
            "  ./wager demo --url https://wager.example.com"
        })
final class StandaloneDemo extends DemoCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls");
        }
        if (url() != null) {
            return run(url());
        }
        checkOptions();
        try {
            return run(server.with(false, List.of()), spec.commandLine());
        } catch (StartFailed e) {
            spec.commandLine().getErr().println("wager: " + e.getMessage());
            return e.exitCode();
        }
    }

    private int run(StartOptions options, CommandLine line) throws StartFailed, InterruptedException {
        var url = URI.create(options.url());
        if (isRunning(url)) {
            line.getOut().println("Using the wager that runs at " + url);
            return run(url);
        }
        try (var standalone = Standalone.start(options)) {
            line.getOut()
                    .println("Started wager at " + url + ", " + standalone.storedWagers() + " wagers stored in "
                            + options.data());
            var exitCode = run(url);
            line.getOut().println("Stopping. Everything is kept in " + options.data() + ": start it again by ./wager");
            return exitCode;
        } catch (IOException e) {
            line.getErr().println("wager: the data folder could not be released: " + e.getMessage());
            return 1;
        }
    }

    private static boolean isRunning(URI url) throws InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var request = HttpRequest.newBuilder(url.resolve("/livez"))
                    .timeout(TIMEOUT)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
