package io.wager.bench.speed.drain;

import io.wager.cli.generate.WagerGenerator;
import io.wager.cli.generate.WagerGenerator.Role;
import io.wager.core.wager.Wager;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What goes through the queue, and the rows that it makes. The generator's stream without the poison, which the API would
 * refuse. All of it follows from seed and count.
 *
 * @param generator of the stream
 */
record Load(WagerGenerator generator) {

    Load(long seed, int count) {
        this(new WagerGenerator(seed, count));
    }

    /** The wagers in the order of the queue, duplicates among them. */
    Stream<Wager> messages() {
        return indices()
                .filter(index -> generator.role(index) != Role.POISON)
                .map(generator::original)
                .mapToObj(generator::wager);
    }

    /** The wagers that have to be stored: each once, in the order of their first message. */
    List<Wager> rows() {
        return indices()
                .filter(index -> generator.role(index) == Role.ORIGINAL)
                .mapToObj(generator::wager)
                .toList();
    }

    private IntStream indices() {
        return IntStream.range(0, generator.count());
    }
}
