package io.wager.api.security.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wager.api.access.OwnLimits;
import io.wager.api.access.Role;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * A key as the file holds it.
 *
 * @param id of the key
 * @param name who has it, 1 to 100 UTF-16 units; the audit's actor. Several keys may have the same, as while one takes the place of another
 * @param hash HMAC-SHA-256 of the secret with the pepper, 64 hexadecimal digits
 * @param roles what it may do, at least one
 * @param networks from where it may be used, addresses or CIDR blocks; empty is from anywhere
 * @param createdAt when it was made; null if that is not known
 * @param expiresAt from when on it is not valid; null is never
 * @param revokedAt since when it is revoked; null if it is not
 * @param limits how often it may be used; none of its own for what its roles may
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeyEntry(
        String id,
        String name,
        String hash,
        Set<Role> roles,
        List<String> networks,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoLimits.class)
        OwnLimits limits) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_NAME_UNITS = 100;

    /** Refuses what can't be a key. A file may lack any property. */
    public KeyEntry(
            @Nullable String id,
            @Nullable String name,
            @Nullable String hash,
            @Nullable Set<Role> roles,
            @Nullable List<String> networks,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable OwnLimits limits) {
        require(id != null && ID.matcher(id).matches(), id, "id must be 1 to 32 lower-case letters and digits");
        require(
                name != null && isName(name),
                id,
                "name must have 1 to 100 characters, none of them a control character");
        require(hash != null && HASH.matcher(hash).matches(), id, "hash must be 64 lower-case hexadecimal digits");
        require(
                roles != null && !roles.isEmpty() && roles.stream().allMatch(Objects::nonNull),
                id,
                "roles must name at least one role");
        this.id = id == null ? "" : id;
        this.name = name == null ? "" : name;
        this.hash = hash == null ? "" : hash;
        this.roles = roles == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(roles));
        this.networks = networks == null ? List.of() : List.copyOf(networks);
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.revokedAt = revokedAt;
        this.limits = limits == null ? OwnLimits.NONE : limits;
        matchers(this.id, this.networks);
    }

    /** A key without limits of its own; parameters as above. */
    public KeyEntry(
            @Nullable String id,
            @Nullable String name,
            @Nullable String hash,
            @Nullable Set<Role> roles,
            @Nullable List<String> networks,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        this(id, name, hash, roles, networks, createdAt, expiresAt, revokedAt, null);
    }

    /**
     * The same key, not valid any more.
     *
     * @param when since when
     * @return the entry to keep in its place
     */
    public KeyEntry revoked(Instant when) {
        return new KeyEntry(id, name, hash, roles, networks, createdAt, expiresAt, when, limits);
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }

    List<IpAddressMatcher> matchers() {
        return matchers(id, networks);
    }

    private static List<IpAddressMatcher> matchers(String id, List<String> networks) {
        try {
            return networks.stream().map(IpAddressMatcher::new).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "key " + id + ": networks must be addresses or CIDR blocks such as 10.1.0.0/16, not " + networks,
                    e);
        }
    }

    private static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_NAME_UNITS
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, @Nullable String id, String rule) {
        if (!holds) {
            throw new IllegalArgumentException((id == null ? "a key: " : "key " + id + ": ") + rule);
        }
    }

    /** Leaves limits out of the file where there are none; Jackson compares with it by {@code equals}. */
    static final class NoLimits {

        @Override
        public boolean equals(@Nullable Object limits) {
            return limits == null || limits.equals(OwnLimits.NONE);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
