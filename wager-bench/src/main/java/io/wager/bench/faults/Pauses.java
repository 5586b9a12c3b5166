package io.wager.bench.faults;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The faults' only clock: how long one lasts follows from the seed. */
final class Pauses {

    private Pauses() {}

    /** Sleeps for a drawn time, from the first number of milliseconds to less than the second. */
    static void pause(Random random, int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
    }
}
