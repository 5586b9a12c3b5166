package io.wager.api.security.key;

import io.wager.api.access.Caller;
import io.wager.api.security.key.KeyVerdict.Reason;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** The keys of one reading of the file, prepared for looking them up. Immutable. */
final class KeyRing {

    private static final KeyVerdict UNKNOWN = new KeyVerdict.Refused(Reason.UNKNOWN);

    private final Map<String, Held> keys;

    KeyRing(KeyFile file) {
        Map<String, Held> held = new HashMap<>();
        for (var entry : file.keys()) {
            held.put(entry.id(), new Held(entry));
        }
        keys = Map.copyOf(held);
    }

    int size() {
        return keys.size();
    }

    KeyVerdict judge(String id, byte[] hash, String address, Instant now) {
        var held = keys.get(id);
        return held == null ? UNKNOWN : held.judge(hash, address, now);
    }

    /** A key, with all that is told of it made once and not for every request. */
    private static final class Held {

        private final byte[] hash;
        private final KeyVerdict.Valid valid;
        private final List<IpAddressMatcher> networks;
        private final @Nullable Instant expiresAt;
        private final boolean isRevoked;

        Held(KeyEntry entry) {
            hash = entry.hashBytes();
            valid = new KeyVerdict.Valid(new Caller("key:" + entry.id(), entry.name(), entry.roles(), entry.limits()));
            networks = entry.matchers();
            expiresAt = entry.expiresAt();
            isRevoked = entry.revokedAt() != null;
        }

        KeyVerdict judge(byte[] other, String address, Instant now) {
            // In constant time: how long it takes must not tell how much of a guess is right.
            if (!MessageDigest.isEqual(hash, other)) {
                return UNKNOWN;
            }
            if (isRevoked) {
                return new KeyVerdict.Refused(Reason.REVOKED);
            }
            if (expiresAt != null && !now.isBefore(expiresAt)) {
                return new KeyVerdict.Refused(Reason.EXPIRED);
            }
            if (!networks.isEmpty() && networks.stream().noneMatch(network -> network.matches(address))) {
                return new KeyVerdict.Refused(Reason.NETWORK);
            }
            return valid;
        }
    }
}
