package io.wager.standalone;

import io.wager.cli.WagerCli;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ./wager demo}: drives the demo against the standalone that runs at the port, or starts one for as long as the demo
 * takes. With {@code --url} it starts nothing.
 */
final class DemoCommand {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private DemoCommand() {}

    /** Runs the demo and returns its exit code: 0 if every sum and count is exact. */
    static int run(String[] arguments) {
        List<String> start = new ArrayList<>();
        List<String> demo = new ArrayList<>(List.of("demo"));
        for (var i = 1; i < arguments.length; i++) {
            var isStartOption = arguments[i].startsWith("--port") || arguments[i].startsWith("--data");
            var target = isStartOption ? start : demo;
            target.add(arguments[i]);
            if (isStartOption && !arguments[i].contains("=") && i + 1 < arguments.length) {
                target.add(arguments[++i]);
            }
        }
        if (startsNothing(arguments)) {
            return WagerCli.run(demo.toArray(String[]::new));
        }
        try {
            return run(StartOptions.parse(start.toArray(String[]::new)), demo);
        } catch (StartFailed e) {
            System.err.println("wager: " + e.getMessage());
            return e.exitCode();
        }
    }

    private static int run(StartOptions options, List<String> demo) throws StartFailed {
        demo.addAll(List.of("--url", options.url()));
        if (isRunning(options.url())) {
            System.out.println("Using the wager that runs at " + options.url());
            return WagerCli.run(demo.toArray(String[]::new));
        }
        try (var standalone = Standalone.start(options)) {
            System.out.println("Started wager at " + options.url() + ", " + standalone.storedWagers()
                    + " wagers stored in " + options.data());
            var exitCode = WagerCli.run(demo.toArray(String[]::new));
            System.out.println("Stopping. Everything is kept in " + options.data() + ": start it again by ./wager");
            return exitCode;
        } catch (IOException e) {
            System.err.println("wager: the data folder could not be let go of: " + e.getMessage());
            return 1;
        }
    }

    private static boolean startsNothing(String[] arguments) {
        return Arrays.stream(arguments)
                .anyMatch(
                        argument -> argument.startsWith("--url") || argument.equals("--help") || argument.equals("-h"));
    }

    private static boolean isRunning(String url) {
        try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var request = HttpRequest.newBuilder(URI.create(url + "/livez"))
                    .timeout(TIMEOUT)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
