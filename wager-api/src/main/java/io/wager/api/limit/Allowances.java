package io.wager.api.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.Function;

/**
 * The allowances of many callers, in bounded memory. One that was idle until it was full again is forgotten: a new one would be no
 * different. Never before that, or a caller with a large burst would get it anew for a rest that does not give it back.
 *
 * @param <K> what tells callers apart
 */
final class Allowances<K> {

    /** Far above the number of callers of an instance. What is dropped beyond it comes back full, in the callers' favour. */
    private static final int MOST = 100_000;

    /** So that a caller that comes now and then does not have it made each time. */
    private static final Duration LEAST_IDLE = Duration.ofMinutes(10);

    private final LoadingCache<K, Allowance> held;

    Allowances(Function<K, Allowance> making, TimeMeter time) {
        held = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<K, Allowance>accessing((key, allowance) -> idle(allowance)))
                .ticker(time::currentTimeNanos)
                .build(making::apply);
    }

    Allowance of(K key) {
        return held.get(key);
    }

    private static Duration idle(Allowance allowance) {
        return allowance.window().compareTo(LEAST_IDLE) > 0 ? allowance.window() : LEAST_IDLE;
    }
}
