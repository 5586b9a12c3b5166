package io.wager.api.limit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.access.Caller;
import io.wager.api.access.Quota;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Charges callers for what they send to this instance. Every caller has a bucket for wagers and one for other requests. Where a key's
 * limits change in the key file, it starts with new, full buckets. Any number of threads may charge.
 */
@Component
public final class RateLimits {

    private static final String ATTRIBUTE = RateLimits.class.getName();

    private final LimitProperties properties;
    private final MeterRegistry registry;
    private final Allowances<Key> allowances;

    @Autowired
    RateLimits(LimitProperties properties, MeterRegistry registry) {
        this(properties, registry, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(LimitProperties properties, MeterRegistry registry, TimeMeter time) {
        this.properties = properties;
        this.registry = registry;
        allowances = new Allowances<>(key -> new Allowance(key.policy(), key.quota(), time), time);
    }

    /**
     * Charges a request to its caller before its body is read: one wager if wagers are what it sends, else one request.
     *
     * @param caller who sent it
     * @param countsWagers whether it sends wagers
     * @param request the request; it remembers the bucket for {@link #chargeBatch}
     * @param response takes the headers that tell what is left
     * @throws ProblemException 429 if nothing is left
     */
    public void charge(Caller caller, boolean countsWagers, HttpServletRequest request, HttpServletResponse response) {
        var key = countsWagers
                ? new Key(caller.id(), Policy.WAGERS, properties.wagersOf(caller))
                : new Key(caller.id(), Policy.REQUESTS, properties.requestsOf(caller));
        var charged = new Charged(caller, key.policy(), allowances.of(key), response);
        if (countsWagers) {
            request.setAttribute(ATTRIBUTE, charged);
        }
        charge(charged, 1, 1);
    }

    /**
     * Charges what else a request turned out to have: all of it or none. Does nothing where callers are not limited.
     *
     * @param request a request that {@link #charge} let through, and charged one wager
     * @param wagers how many it has in all, from 1
     * @throws ProblemException 429 if not as many are left; 413 if there could never be
     */
    public void chargeBatch(HttpServletRequest request, int wagers) {
        if (wagers == 1 || !(request.getAttribute(ATTRIBUTE) instanceof Charged charged)) {
            return;
        }
        var burst = charged.allowance().burst();
        if (wagers > burst) {
            throw new ProblemException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "This caller may send at most " + burst + " wagers at once, and the batch has " + wagers
                            + ". Nothing was accepted.");
        }
        // The one that was charged ahead stays charged: reading the body had its cost. So a repeat is charged all of
        // them.
        charge(charged, wagers - 1, wagers);
    }

    private void charge(Charged charged, long cost, long again) {
        var wait = charged.allowance().charge(cost, again, charged.response());
        if (wait > 0) {
            throttled(charged.policy(), charged.caller());
            throw new ProblemException(
                    ProblemType.RATE_LIMITED,
                    "This caller has sent as many " + charged.policy().wireForm()
                            + " as it may for now. Nothing was accepted. Send the same again after Retry-After.",
                    wait);
        }
    }

    /** By the name of the key, of which a file has so many. Subjects of tokens are people, and no end of them. */
    private void throttled(Policy policy, Caller caller) {
        Counter.builder("wager.security.throttled")
                .description("Requests that were refused since their caller sent too much")
                .tag("policy", policy.wireForm())
                .tag("caller", caller.id().startsWith("key:") ? caller.name() : "a token")
                .register(registry)
                .increment();
    }

    private record Key(String caller, Policy policy, Quota quota) {}

    private record Charged(Caller caller, Policy policy, Allowance allowance, HttpServletResponse response) {}
}
