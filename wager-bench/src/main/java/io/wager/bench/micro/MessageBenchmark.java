package io.wager.bench.micro;

import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.generate.WagerGenerator.Role;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerDecoder;
import io.wager.core.wager.WagerEncoder;
import io.wager.core.wager.WagerVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done to each message, in the API and in the consumer. JMH calls it, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {

    // More than one, so that no branch is always the same; few enough to stay in the cache, as a body just read is.
    private static final int WAGERS = 256;
    private static final long SEED = 11;

    private final WagerDecoder decoder = new WagerDecoder(Duration.ofDays(3_650));
    private final Instant now = WagerGenerator.END;
    private final Wager[] wagers;
    private final byte[][] bodies;
    private int next;

    /** Makes the wagers. */
    public MessageBenchmark() {
        var generator = new WagerGenerator(SEED, 2 * WAGERS);
        wagers = IntStream.range(0, generator.count())
                .filter(index -> generator.role(index) == Role.ORIGINAL)
                .limit(WAGERS)
                .mapToObj(generator::wager)
                .toArray(Wager[]::new);
        bodies = new byte[WAGERS][];
        for (var i = 0; i < WAGERS; i++) {
            bodies[i] = WagerEncoder.encode(wagers[i]);
        }
    }

    /**
     * What the consumer does: reads, validates and hashes.
     *
     * @return the hash
     */
    @Benchmark
    public ContentHash decodeValidateHash() {
        if (decoder.decode(bodies[index()], now) instanceof WagerVerdict.Valid(var wager)) {
            return ContentHash.of(wager);
        }
        throw new IllegalStateException("the generator made a wager that is not valid");
    }

    /**
     * What the API does before it publishes: reads, validates and writes anew.
     *
     * @return the message's body
     */
    @Benchmark
    public byte[] decodeValidateEncode() {
        if (decoder.decode(bodies[index()], now) instanceof WagerVerdict.Valid(var wager)) {
            return WagerEncoder.encode(wager);
        }
        throw new IllegalStateException("the generator made a wager that is not valid");
    }

    /**
     * The last part of it.
     *
     * @return the message's body
     */
    @Benchmark
    public byte[] encode() {
        return WagerEncoder.encode(wagers[index()]);
    }

    private int index() {
        next = (next + 1) % WAGERS;
        return next;
    }
}
