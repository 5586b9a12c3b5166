package io.wager.standalone.key;

import io.wager.cli.WagerCli;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./wager key}: the commands for API keys. */
@Command(
        name = "key",
        header = "Makes, lists and revokes API keys.",
        description = {
            "Keys are kept in a file, without their secrets. A service that was started with the file takes a change within"
                    + " seconds; it need not be started again, nor reached.",
            "To rotate a key: make another of the same name and roles, give it to the client, and revoke the old one when"
                    + " the client uses the new one."
        },
        mixinStandardHelpOptions = true,
        customSynopsis = "wager key new|list|revoke [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        exitCodeList = {"0:done", "1:there is no such key, or the file can't be used", WagerCli.USAGE_MEANS},
        footer = {
            "  ./wager key new --name games-eu --role wagers:write",
            "  ./wager key list",
            "  ./wager key revoke k3f9a1c2d4e"
        })
public final class KeyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    private KeyCommand() {}

    /**
     * The command with its own commands.
     *
     * @return for picocli's tree
     */
    public static CommandLine line() {
        return new CommandLine(new KeyCommand())
                .addSubcommand(new NewKeyCommand())
                .addSubcommand(new ListKeysCommand())
                .addSubcommand(new RevokeKeyCommand());
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls");
        }
        throw new ParameterException(spec.commandLine(), "key needs a command: new, list or revoke");
    }
}
