package io.wager.consumer.queue;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.wager.consumer.store.StoreException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the configured retries of the store, each for some kinds of failure and no longer than the service runs. */
@Component
public final class StoreRetries {

    private final RetryRegistry registry;
    private final Stopping stopping;

    StoreRetries(RetryRegistry registry, Stopping stopping) {
        this.registry = registry;
        this.stopping = stopping;
    }

    /**
     * A retry that counts and logs its tries.
     *
     * @param name the instance of {@code resilience4j.retry} that configures number and waits
     * @param kinds the failures that are retried; others are thrown at once
     * @param counter run at each retry
     * @return the retry, in the registry in place of the configured one
     */
    public Retry of(String name, Set<StoreException.Kind> kinds, Runnable counter) {
        var config = RetryConfig.from(registry.retry(name).getRetryConfig())
                .retryOnException(failure -> failure instanceof StoreException store
                        && kinds.contains(store.kind())
                        && !stopping.isStopping())
                .build();
        var retry = Retry.of(name, config);
        registry.replace(name, retry);
        retry.getEventPublisher().onRetry(new RetryLog(counter));
        return retry;
    }
}
