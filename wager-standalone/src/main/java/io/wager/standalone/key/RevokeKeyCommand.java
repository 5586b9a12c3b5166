package io.wager.standalone.key;

import io.wager.api.security.key.KeyEntry;
import io.wager.cli.WagerCli;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./wager key revoke}. */
@Command(
        name = "revoke",
        header = "Revokes a key, for good.",
        description =
                "The key stays in the file, marked, so that its use is told from that of no key. A service that runs"
                        + " refuses it within seconds.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:it is revoked", "1:there is no such key, or the file can't be used", WagerCli.USAGE_MEANS},
        footer = {"  ./wager key revoke k3f9a1c2d4e"})
final class RevokeKeyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KeyFileOption file = new KeyFileOption();

    @Parameters(paramLabel = "ID", description = "The key's id: what stands behind wgr_.")
    private String id = "";

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            // Where there is no file there is nothing to lock either.
            file.read();
            var revoked = KeyFileLock.held(file.path(), this::revoke);
            if (revoked.isEmpty()) {
                line.getErr().println("wager: there is no key " + id + " in " + file.path());
                return 1;
            }
            line.getErr().println("wager: key " + id + " of " + revoked.get().name() + " is revoked");
            return 0;
        } catch (IOException e) {
            line.getErr().println("wager: " + e.getMessage());
            return 1;
        }
    }

    private Optional<KeyEntry> revoke() throws IOException {
        var keys = file.read();
        var found = keys.keys().stream().filter(key -> key.id().equals(id)).findFirst();
        // Revoked twice is revoked since the first time.
        if (found.isPresent() && found.get().revokedAt() == null) {
            keys.replacing(found.get().revoked(Instant.now().truncatedTo(ChronoUnit.SECONDS)))
                    .write(file.path());
        }
        return found;
    }
}
