package io.wager.standalone.key;

import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import io.wager.api.security.key.ApiKey;
import io.wager.api.security.key.KeyEntry;
import io.wager.api.security.key.SecretHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made.
 *
 * @param token what its owner gets; nothing keeps it
 * @param entry what the file keeps
 */
record NewKey(String token, KeyEntry entry) {

    static NewKey make(
            String name,
            Set<Role> roles,
            List<String> networks,
            @Nullable Duration lifetime,
            OwnLimits limits,
            String pepper) {
        var key = ApiKey.generate(new SecureRandom());
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var hash = HexFormat.of().formatHex(new SecretHash(pepper).of(key.secret()));
        return new NewKey(
                key.token(),
                new KeyEntry(
                        key.id(),
                        name,
                        hash,
                        roles,
                        networks,
                        now,
                        lifetime == null ? null : now.plus(lifetime),
                        null,
                        limits));
    }
}
