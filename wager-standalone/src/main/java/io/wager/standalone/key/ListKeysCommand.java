package io.wager.standalone.key;

import io.wager.api.access.Quota;
import io.wager.api.access.Role;
import io.wager.api.security.key.KeyEntry;
import io.wager.cli.WagerCli;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./wager key list}. */
@Command(
        name = "list",
        header = "Lists the keys of a file, which has no secrets.",
        description = "One line a key: its id, state, name, roles, networks, expiry and limits.",
        mixinStandardHelpOptions = true,
        exitCodeList = {"0:done", "1:the file can't be used", WagerCli.USAGE_MEANS},
        footer = {"  ./wager key list", "  ./wager key list --file /etc/wager/keys.json"})
final class ListKeysCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KeyFileOption file = new KeyFileOption();

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        try {
            var now = Instant.now();
            for (var key : file.read().keys()) {
                line.getOut()
                        .printf(
                                "%-12s  %-7s  %-20s  %s%s%s%s%s%n",
                                key.id(),
                                state(key, now),
                                key.name(),
                                key.roles().stream().map(Role::wireForm).collect(Collectors.joining(",")),
                                key.networks().isEmpty() ? "" : "  from " + String.join(",", key.networks()),
                                key.expiresAt() == null ? "" : "  until " + key.expiresAt(),
                                limit("wagers", key.limits().wagers()),
                                limit("requests", key.limits().requests()));
            }
            return 0;
        } catch (IOException e) {
            line.getErr().println("wager: " + e.getMessage());
            return 1;
        }
    }

    private static String limit(String what, @Nullable Quota quota) {
        return quota == null
                ? ""
                : "  "
                        + BigDecimal.valueOf(quota.perSecond())
                                .stripTrailingZeros()
                                .toPlainString() + " " + what + "/s, at once " + quota.burst();
    }

    private static String state(KeyEntry key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.expiresAt() != null && !now.isBefore(key.expiresAt()) ? "expired" : "valid";
    }
}
