package io.wager.cli.generate;

import java.util.UUID;

/** Numbers that look random and are the same on every Java: SplitMix64. One use, one instance. */
final class Mix {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Mix(long stream, long purpose, long index) {
        state = mix(stream) ^ mix(purpose * 0xD1B54A32D192ED03L + 1) ^ mix(index * 0x8CB92BA72F3D8DD7L + 2);
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    /** From 0 to below the bound; the bias, below bound / 2^63, is of no interest here. */
    int below(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    boolean oneIn(int many) {
        return below(many) == 0;
    }

    <T> T oneOf(T[] choices) {
        return choices[below(choices.length)];
    }

    /** Of version 4 and the RFC's variant. */
    UUID uuid() {
        return new UUID((next() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L, (next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    private static long mix(long value) {
        var z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
