package io.wager.api.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The bytes of heap that all requests together may hold for their bodies, from the first byte read to the last confirm. A request takes its
 * part before it reads and gives it back when nothing of its body is held any more. There is no queue and no turn: a body without room
 * tries again for a while, and is then refused.
 *
 * <p>A body weighs {@value #WEIGHT} times its bytes: once as received, up to twice as decoded strings (one letter beyond Latin-1 makes a
 * whole string two bytes a character), and once as messages. Frames and the JSON library's buffers belong to threads, of which few work at
 * once. A gzip body also weighs its compressed bytes and its inflater, until it is inflated. The objects of a request take {@value
 * #REQUEST_BYTES} bytes. Those of the messages of a batch are bounded by their number ({@code wager.publish.max-outstanding}).
 *
 * <p>A quarter is reserved for bodies of up to {@value #SMALL_BODY_BYTES} bytes, so large bodies can never take the room of small wagers.
 * The quarter of a budget of 64 MB holds 2,000 wagers of 1 KB, as many as may be in progress at once.
 *
 * <p>Lock-free; safe for any number of threads, those of the transport as well.
 */
@Component
public final class MemoryBudget {

    /** The largest body that may use all of the budget. A usual wager has 1 KB. */
    static final int SMALL_BODY_BYTES = 16 * 1024;

    /** How many bytes of heap a byte of a body may need. */
    static final int WEIGHT = 4;

    /** The bytes that a request with a body takes in any case. */
    static final int REQUEST_BYTES = 4 * 1024;

    private static final int PART_OF_THE_HEAP = 4;

    private final AtomicLong used = new AtomicLong();
    private final long most;
    private final long mostForLarge;
    private final Counter refusals;

    /**
     * The budget of the service.
     *
     * @param properties its size, or none to derive it from the heap, and the largest body that it must hold
     * @param registry gets the meters
     */
    @Autowired
    MemoryBudget(HttpProperties properties, MeterRegistry registry) {
        this(size(properties, Runtime.getRuntime().maxMemory()), registry);
    }

    MemoryBudget(long most, MeterRegistry registry) {
        this.most = most;
        mostForLarge = most - most / 4;
        refusals = Counter.builder("wager.http.memory.refusals")
                .description("Requests refused because the memory for bodies was used up")
                .register(registry);
        Gauge.builder("wager.http.memory.used", used, AtomicLong::doubleValue)
                .description("Memory that requests hold for bodies, messages and unconfirmed publishes")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("wager.http.memory.limit", () -> most)
                .description("The most memory that requests may hold")
                .baseUnit("bytes")
                .register(registry);
    }

    /** The weight of a body. */
    static long weightOf(long bodyBytes) {
        return REQUEST_BYTES + WEIGHT * bodyBytes;
    }

    /**
     * The budget to use: the configured one; else a quarter of the heap, or more if one largest batch needs it.
     *
     * @throws IllegalArgumentException if it could not hold one largest batch, which would always be refused, or is more than half of the
     *     heap
     */
    static long size(HttpProperties properties, long heapBytes) {
        var batchBytes = properties.maxBatchSize().toBytes();
        var least = Math.ceilDiv(4 * mostOf(batchBytes), 3);
        var wanted = properties.memoryBudget();
        var size = wanted == null ? Math.max(heapBytes / PART_OF_THE_HEAP, least) : wanted.toBytes();
        if (size < least || size > heapBytes / 2) {
            throw new IllegalArgumentException("wager.http.memory-budget must be at least " + least
                    + "B to hold one batch of wager.http.max-batch-size (" + batchBytes
                    + "B), and at most half of the heap ("
                    + heapBytes / 2 + "B), and is " + size + "B");
        }
        return size;
    }

    /** The weight of a gzip body that is not smaller than its content: the most that any body of this size takes. */
    private static long mostOf(long bodyBytes) {
        return weightOf(bodyBytes + 1) + GzipBody.mostCoded(bodyBytes) + GzipBody.INFLATER_BYTES;
    }

    /**
     * Takes bytes of heap for a body.
     *
     * @param bytes how many more
     * @param bodyBytes the size of the whole body, as far as it is known
     * @return whether there was room; if not, nothing was taken
     */
    boolean tryTake(long bytes, long bodyBytes) {
        var limit = limitFor(bodyBytes);
        long before;
        do {
            before = used.get();
            if (before + bytes > limit) {
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        return true;
    }

    /** Whether a body of this size would find room now. */
    boolean hasRoomFor(long bodyBytes) {
        return used.get() + weightOf(bodyBytes) <= limitFor(bodyBytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    void refused() {
        refusals.increment();
    }

    /** How many bytes are taken. */
    long used() {
        return used.get();
    }

    private long limitFor(long bodyBytes) {
        return bodyBytes <= SMALL_BODY_BYTES ? most : mostForLarge;
    }
}
