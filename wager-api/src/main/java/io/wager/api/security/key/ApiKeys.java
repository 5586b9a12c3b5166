package io.wager.api.security.key;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wager.api.security.key.KeyVerdict.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The keys of a file, which is looked at every few seconds and taken when its content has changed. It is compared by content, since
 * Kubernetes swaps a link above the file and leaves its time as it was. While the file can't be used, the keys that were read last
 * stay valid. Any number of threads may ask.
 */
public final class ApiKeys implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final KeyVerdict UNKNOWN = new KeyVerdict.Refused(Reason.UNKNOWN);

    private final Path file;
    private final Duration interval;
    private final SecretHash hash;
    private final @Nullable SecretHash previousHash;
    private final Clock clock;
    private final Counter loaded;
    private final Counter failed;
    private volatile KeyRing ring;
    private volatile boolean isStale;
    private byte[] content;
    /** The last failure that was logged, so that each is logged once. */
    private @Nullable String complaint;

    private @Nullable ScheduledExecutorService poller;

    /**
     * Reads the keys.
     *
     * @param file where they are
     * @param interval how often it is looked at
     * @param hash of the secrets
     * @param previousHash with the pepper before this one, while keys that were made with it are still in use; null at other times
     * @param clock tells when keys expire
     * @param registry takes the meters
     * @throws IllegalArgumentException if the file can't be used: at the start there are no keys to keep
     */
    public ApiKeys(
            Path file,
            Duration interval,
            SecretHash hash,
            @Nullable SecretHash previousHash,
            Clock clock,
            MeterRegistry registry) {
        this.file = file;
        this.interval = interval;
        this.hash = hash;
        this.previousHash = previousHash;
        this.clock = clock;
        try {
            content = KeyFile.bytes(file);
            ring = new KeyRing(KeyFile.parse(content));
        } catch (IOException e) {
            throw new IllegalArgumentException("wager.security.keys.file can't be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "wager.security.keys.file " + file + " can't be used: " + e.getMessage(), e);
        }
        loaded = reloads(registry, "loaded");
        failed = reloads(registry, "failed");
        Gauge.builder("wager.security.keys", () -> ring.size())
                .description("Keys of the file that was read last, also those that are revoked or expired")
                .strongReference(true)
                .register(registry);
        Gauge.builder("wager.security.keys.stale", () -> isStale ? 1 : 0)
                .description("1 while the key file can't be used and the keys that were read before stay valid")
                .strongReference(true)
                .register(registry);
        LOG.info("API keys read file={} keys={}", file, ring.size());
    }

    /**
     * Looks at a key.
     *
     * @param token what the client sent
     * @param address from where it came
     * @return whose it is, or why it lets nobody in
     */
    public KeyVerdict verify(String token, String address) {
        var key = ApiKey.parse(token);
        if (key == null) {
            return UNKNOWN;
        }
        var now = clock.instant();
        // Of one reading of the file for both.
        var current = ring;
        var verdict = current.judge(key.id(), hash.of(key.secret()), address, now);
        return previousHash != null && verdict.equals(UNKNOWN)
                ? current.judge(key.id(), previousHash.of(key.secret()), address, now)
                : verdict;
    }

    /** Looks at the file once, and takes it if its content has changed. */
    synchronized void refresh() {
        try {
            var bytes = KeyFile.bytes(file);
            if (!Arrays.equals(bytes, content)) {
                ring = new KeyRing(KeyFile.parse(bytes));
                content = bytes;
                loaded.increment();
                LOG.info("API keys read again file={} keys={}", file, ring.size());
            } else if (isStale) {
                LOG.info("the key file is as it was again file={}", file);
            }
            complaint = null;
            isStale = false;
        } catch (IOException | IllegalArgumentException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The poller must never end: a revoked key would stay valid.
            failed(e.toString());
        }
    }

    private void failed(String reason) {
        failed.increment();
        isStale = true;
        if (!reason.equals(complaint)) {
            complaint = reason;
            LOG.warn("the key file can't be used, the keys read before stay valid file={} reason={}", file, reason);
        }
    }

    @Override
    public synchronized void start() {
        if (poller == null) {
            poller = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("key-file-poller").factory());
            var ignored = poller.scheduleWithFixedDelay(
                    this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (poller != null) {
            poller.shutdownNow();
            poller = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return poller != null;
    }

    private static Counter reloads(MeterRegistry registry, String outcome) {
        return Counter.builder("wager.security.keys.reloads")
                .description("Looks at the key file that found it changed or not to be used, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
