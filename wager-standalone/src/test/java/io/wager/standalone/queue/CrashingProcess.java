package io.wager.standalone.queue;

import io.wager.core.messaging.BatchSettings;
import io.wager.core.messaging.Disposition;
import io.wager.core.messaging.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;

/** A process that handles messages, writes their ids to a file, and dies of one of them; ends with 0 when none is left. */
final class CrashingProcess {

    static final int CRASH_LIMIT = 3;
    static final int DIED = 9;

    private CrashingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var handled = Path.of(arguments[1]);
        var transport = Queues.open(Queues.at(Path.of(arguments[0])), new FakeLiveness(), CRASH_LIMIT);
        var batches = new BatchSettings(20, Duration.ofMillis(5), 2);
        transport.subscribe(Topology.WAGER_QUEUE, batches, batch -> {
            for (var delivery : batch) {
                if ("poison".equals(delivery.message().messageId())) {
                    Runtime.getRuntime().halt(DIED);
                }
            }
            try {
                for (var delivery : batch) {
                    Files.writeString(
                            handled,
                            delivery.message().messageId() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return Collections.nCopies(batch.size(), Disposition.DONE);
        });
        while (transport.depth(Topology.WAGER_QUEUE) > 0) {
            Thread.onSpinWait();
        }
        transport.close();
        System.exit(0);
    }
}
