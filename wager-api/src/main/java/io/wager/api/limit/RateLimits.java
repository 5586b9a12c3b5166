package io.wager.api.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.access.Caller;
import io.wager.api.access.Quota;
import io.wager.api.problem.ProblemException;
import io.wager.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Charges callers for what they send to this instance. Every caller has a bucket for wagers and one for other requests. Where a key's
 * limits change in the key file, it starts with new, full buckets. Any number of threads may charge.
 */
@Component
public final class RateLimits {

    private static final String ATTRIBUTE = RateLimits.class.getName();
    /** Far above the number of callers of an instance. What is dropped comes back full, in the callers' favour. */
    private static final int MOST_BUCKETS = 100_000;

    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final LimitProperties properties;
    private final MeterRegistry registry;
    private final LoadingCache<Key, Allowance> allowances;

    @Autowired
    RateLimits(LimitProperties properties, MeterRegistry registry) {
        this(properties, registry, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(LimitProperties properties, MeterRegistry registry, TimeMeter time) {
        this.properties = properties;
        this.registry = registry;
        allowances = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(FORGET_AFTER)
                .ticker(ticker(time))
                .build(key -> new Allowance(key.policy(), key.quota(), time));
    }

    /**
     * Charges a request to its caller before its body is read: one wager if wagers are what it sends, else one request.
     *
     * @param caller who sent it
     * @param countsWagers whether it sends wagers
     * @param request the request; it remembers the bucket for {@link #chargeMore}
     * @param response takes the headers that tell what is left
     * @throws ProblemException 429 if nothing is left
     */
    public void charge(Caller caller, boolean countsWagers, HttpServletRequest request, HttpServletResponse response) {
        var key = countsWagers
                ? new Key(caller.id(), Policy.WAGERS, properties.wagersOf(caller))
                : new Key(caller.id(), Policy.REQUESTS, properties.requestsOf(caller));
        var charged = new Charged(caller, key.policy(), allowances.get(key), response);
        if (countsWagers) {
            request.setAttribute(ATTRIBUTE, charged);
        }
        charge(charged, 1);
    }

    /**
     * Charges what else a request turned out to have: all of it or none. Does nothing where callers are not limited.
     *
     * @param request a request that {@link #charge} let through
     * @param wagers how many more, from 0
     * @throws ProblemException 429 if not as much is left; 413 if it could never be
     */
    public void chargeMore(HttpServletRequest request, int wagers) {
        if (wagers == 0 || !(request.getAttribute(ATTRIBUTE) instanceof Charged charged)) {
            return;
        }
        if (wagers > charged.allowance().burst()) {
            throw new ProblemException(
                    ProblemType.CONTENT_TOO_LARGE,
                    "This key may send at most " + charged.allowance().burst()
                            + " wagers at once, and the batch has more. Nothing was accepted.");
        }
        charge(charged, wagers);
    }

    private void charge(Charged charged, long cost) {
        var probe = charged.allowance().charge(cost);
        charged.allowance().tell(charged.response(), probe);
        if (!probe.isConsumed()) {
            throttled(charged.policy(), charged.caller());
            throw new ProblemException(
                    ProblemType.RATE_LIMITED,
                    "This caller has sent as many " + charged.policy().wireForm()
                            + " as it may for now. Nothing was accepted. Send the same again after Retry-After.",
                    Allowance.seconds(probe.getNanosToWaitForRefill()));
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

    static Ticker ticker(TimeMeter time) {
        return time::currentTimeNanos;
    }

    private record Key(String caller, Policy policy, Quota quota) {}

    private record Charged(Caller caller, Policy policy, Allowance allowance, HttpServletResponse response) {}
}
