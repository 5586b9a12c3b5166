package io.wager.standalone;

import io.wager.cli.WagerCli;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command of wager-bench, which is no part of this jar: it is listed here, and run by the start script. */
@Command(
        description =
                "It is in a jar of its own. ./wager builds that when it is first called, which takes some minutes.",
        mixinStandardHelpOptions = true,
        exitCodeList = {WagerCli.USAGE_MEANS})
final class DeveloperCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private DeveloperCommand() {}

    static CommandLine of(String name, String summary) {
        var line = new CommandLine(new DeveloperCommand());
        line.getCommandSpec().name(name).usageMessage().header(summary).footer("  ./wager " + name + " --help");
        return line;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine()
                    .getErr()
                    .println("wager: " + spec.name() + " is not in this jar. Run ./wager " + spec.name()
                            + " in a clone of the repository, which builds it.");
        }
        return WagerCli.USAGE;
    }
}
