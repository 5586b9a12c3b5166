package io.wager.standalone.key;

import io.wager.api.access.Role;
import io.wager.cli.WagerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./wager key new}. */
@Command(
        name = "new",
        header = "Makes a key and shows it once.",
        description = {
            "Prints the key on standard output, and all else on standard error. Nothing keeps the key: who loses it gets"
                    + " another.",
            "The file gets its hash, made with the pepper. The pepper is the environment variable"
                    + " WAGER_SECURITY_KEYS_PEPPER, which the services have too; without it, it is in FILE.pepper, which is"
                    + " made if it is not there."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:done", "1:the file can't be used", WagerCli.USAGE_MEANS},
        footer = {
            "  ./wager key new --name games-eu --role wagers:write --network 10.20.0.0/16 --expires-in 365d",
            "  ./wager key new --name small --role wagers:write --wagers-per-second 500 --wagers-burst 1000",
            "  ./wager key new --name reports --role wagers:read --file /etc/wager/keys.json"
        })
final class NewKeyCommand implements Callable<Integer> {

    private static final String PEPPER_VARIABLE = "WAGER_SECURITY_KEYS_PEPPER";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KeyFileOption file = new KeyFileOption();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Whose it is; the audit has it for what is done with the key.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            split = ",",
            description =
                    "What it may do: wagers:write, wagers:read, ops:read, ops:write. Several: again, or by commas.")
    private final List<String> roles = new ArrayList<>();

    @Option(
            names = "--network",
            paramLabel = "CIDR",
            split = ",",
            description = "From where it may be used, such as 10.20.0.0/16; from anywhere without.")
    private final List<String> networks = new ArrayList<>();

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description = "How long it is valid, such as 90d; for ever without.")
    private @Nullable Duration expiresIn;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(
            names = "--pepper",
            hidden = true,
            defaultValue = "${env:" + PEPPER_VARIABLE + "}",
            description = "From the environment only.")
    private @Nullable String pepper;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            var folder = file.path().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var made = KeyFileLock.held(file.path(), this::add);
            line.getOut().println(made.token());
            line.getErr()
                    .println("wager: made key " + made.entry().id() + " of "
                            + made.entry().name() + " in " + file.path() + ". It is shown this once.");
            return 0;
        } catch (IOException e) {
            line.getErr().println("wager: " + e.getMessage());
            return 1;
        }
    }

    private NewKey add() throws IOException {
        var keys = file.readIfThere();
        var made = made();
        keys.with(made.entry()).write(file.path());
        return made;
    }

    private NewKey made() throws IOException {
        try {
            var wanted = EnumSet.noneOf(Role.class);
            roles.forEach(role -> wanted.add(Role.of(role)));
            var secret = pepper == null || pepper.isBlank() ? Pepper.of(file.path()) : pepper;
            return NewKey.make(name, wanted, networks, expiresIn, limits.limits(), secret);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
