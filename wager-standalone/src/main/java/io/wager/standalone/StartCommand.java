package io.wager.standalone;

import io.wager.cli.WagerCli;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code wager start}: starts the standalone, which runs on after the command. */
@Command(
        name = "start",
        header = "Starts wager in one process. The default command.",
        description = {
            "Starts the API, the consumer, a queue and a database in one process. It takes wagers over HTTP, on this"
                    + " machine only, and keeps all data in one folder.",
            "Ctrl-C stops it in order. What was accepted survives that, and a kill -9 too.",
            "Every property of wager and of Spring Boot can be given as --its.name=VALUE. docs/configuration.md lists"
                    + " those of wager."
        },
        mixinStandardHelpOptions = true,
        customSynopsis = "wager [start] [--port=N] [--data=DIR] [--secure] [--some.property=VALUE]...",
        exitCodeList = {
            "1:it could not start; the output says why",
            "3:the memory was used up; WAGER_JAVA_OPTS=-Xmx1g ./wager gives more",
            WagerCli.USAGE_MEANS,
            "69:the port is taken; --port gives another",
            WagerCli.BROKEN_MEANS,
            "73:the data folder is in use or can't be used; --data gives another",
            "74:a database could not be written for 30 s; free the disk, look at the log, start again",
            "130, 143:it was stopped by Ctrl-C, or by SIGTERM"
        },
        footer = {
            "  ./wager",
            "  ./wager start --port 9000 --data /var/lib/wager",
            "  ./wager start --secure",
            "  ./wager --wager.ingest.batch-size=100 --logging.level.io.wager=DEBUG"
        })
final class StartCommand implements Callable<Integer> {

    private static final Pattern PROPERTY = Pattern.compile("--[^=]*\\.[^=]*=.*", Pattern.DOTALL);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--secure",
            description =
                    "Controls access by API keys. The first such start makes a key, and shows it once; ./wager key"
                            + " makes and revokes others.")
    private boolean isSecure;

    @Unmatched
    private final List<String> properties = new ArrayList<>();

    private @Nullable Standalone running;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls");
        }
        var unknown = properties.stream()
                .filter(argument -> !PROPERTY.matcher(argument).matches())
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), unknown);
        }
        var line = spec.commandLine();
        return start(server.with(isSecure, properties), line.getOut()::println, line.getErr()::println);
    }

    /** Starts the standalone and returns the exit code. */
    int start(StartOptions options, Consumer<String> out, Consumer<String> err) {
        try {
            running = Standalone.start(options);
            out.accept(running.firstScreen());
            return 0;
        } catch (StartFailed e) {
            err.accept("wager: " + e.getMessage());
            return e.exitCode();
        }
    }

    /** Whether the process has to go on, though the command has ended. */
    boolean isRunning() {
        return running != null;
    }
}
