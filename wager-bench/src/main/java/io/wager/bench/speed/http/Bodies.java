package io.wager.bench.speed.http;

import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.generate.WagerGenerator.Role;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a load, made before it starts so that making them takes nothing from the server: a generated stream with its
 * duplicates, but without what the API must refuse. Safe for any number of threads.
 */
final class Bodies {

    private final List<Body> bodies;
    private final AtomicInteger next = new AtomicInteger();

    private Bodies(List<Body> bodies) {
        this.bodies = bodies;
    }

    /** Makes them. */
    static Bodies of(Load load) {
        // Poison is one of a thousand; what takes its place comes from beyond.
        var needed = load.bodies() * load.batch();
        var generator = new WagerGenerator(load.seed(), needed + needed / 500 + 10);
        var index = 0;
        List<Body> bodies = new ArrayList<>(load.bodies());
        while (bodies.size() < load.bodies()) {
            var bytes = new ByteArrayOutputStream(load.batch() * 1_000);
            UUID sample = null;
            for (var wagers = 0; wagers < load.batch(); index++) {
                if (generator.role(index) == Role.POISON) {
                    continue;
                }
                if (load.batch() > 1) {
                    bytes.write(wagers == 0 ? '[' : ',');
                }
                bytes.writeBytes(generator.json(index));
                wagers++;
                if (isSample(load, generator, index)) {
                    sample = generator.id(index);
                }
            }
            if (load.batch() > 1) {
                bytes.write(']');
            }
            bodies.add(new Body(bytes.toByteArray(), sample));
        }
        return new Bodies(bodies);
    }

    /** Only a new wager can be waited for. */
    private static boolean isSample(Load load, WagerGenerator generator, int index) {
        return load.sampleEvery() > 0 && index % load.sampleEvery() == 0 && generator.role(index) == Role.ORIGINAL;
    }

    /** The next; the first again after the last. */
    Body next() {
        return bodies.get(Math.floorMod(next.getAndIncrement(), bodies.size()));
    }

    /**
     * What is sent in a request.
     *
     * @param json in UTF-8
     * @param sample the wager that shall be asked for once it is accepted; null for none
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // never compared, and read-only by agreement: copies would cost the generator
    record Body(byte[] json, @Nullable UUID sample) {}
}
