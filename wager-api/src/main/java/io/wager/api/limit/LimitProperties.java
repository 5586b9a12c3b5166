package io.wager.api.limit;

import io.wager.api.access.Caller;
import io.wager.api.access.Quota;
import io.wager.api.access.Role;
import java.util.Comparator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What callers may send to one instance, unless their keys say otherwise. Each is a token bucket with {@code per-second} and {@code
 * burst}. Applies where access is controlled.
 *
 * @param wagers wagers of a caller with the role wagers:write
 * @param requestsOfWriters requests of a caller with wagers:write that send no wagers
 * @param requestsOfReaders requests of a caller with wagers:read
 * @param requestsOfOperators requests of a caller with ops:read or ops:write
 * @param failedLogins requests of an address (of IPv6, of a /64) with credentials that are not valid
 */
@ConfigurationProperties("wager.security.limits")
public record LimitProperties(
        @DefaultValue PerRole wagers,
        @DefaultValue Requests requestsOfWriters,
        @DefaultValue Requests requestsOfReaders,
        @DefaultValue Requests requestsOfOperators,
        @DefaultValue Failures failedLogins) {

    /** What a caller may send of wagers. */
    Quota wagersOf(Caller caller) {
        var own = caller.limits().wagers();
        return own == null ? wagers.quota() : own;
    }

    /** What a caller may send of other requests: the most that one of its roles may. */
    Quota requestsOf(Caller caller) {
        var own = caller.limits().requests();
        if (own != null) {
            return own;
        }
        return caller.roles().stream()
                .map(this::requestsOf)
                .max(Comparator.comparingDouble(Quota::perSecond))
                .orElseGet(requestsOfReaders::quota);
    }

    private Quota requestsOf(Role role) {
        return switch (role) {
            case WAGERS_WRITE -> requestsOfWriters.quota();
            case WAGERS_READ -> requestsOfReaders.quota();
            case OPS_READ, OPS_WRITE -> requestsOfOperators.quota();
        };
    }

    /**
     * Wagers.
     *
     * @param perSecond how many a second in the long run
     * @param burst how many at once
     */
    public record PerRole(
            @DefaultValue("20000") double perSecond,
            @DefaultValue("40000") long burst) {

        /** Refuses what is no quota. */
        public PerRole {
            new Quota(perSecond, burst);
        }

        Quota quota() {
            return new Quota(perSecond, burst);
        }
    }

    /**
     * Requests.
     *
     * @param perSecond how many a second in the long run
     * @param burst how many at once
     */
    public record Requests(
            @DefaultValue("200") double perSecond,
            @DefaultValue("400") long burst) {

        /** Refuses what is no quota. */
        public Requests {
            new Quota(perSecond, burst);
        }

        Quota quota() {
            return new Quota(perSecond, burst);
        }
    }

    /**
     * Failures.
     *
     * @param perSecond how many a second in the long run
     * @param burst how many at once
     */
    public record Failures(
            @DefaultValue("1") double perSecond,
            @DefaultValue("30") long burst) {

        /** Refuses what is no quota. */
        public Failures {
            new Quota(perSecond, burst);
        }

        Quota quota() {
            return new Quota(perSecond, burst);
        }
    }
}
