package io.wager.standalone.queue;

import io.wager.core.messaging.Message;
import io.wager.core.messaging.Topology;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A process that publishes for ever and writes the number of each confirmed message to its output; made to be killed. */
final class PublishingProcess {

    private static final int PUBLISHERS = 16;

    private PublishingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var transport = Queues.open(Path.of(arguments[0]));
        for (var publisher = 0; publisher < PUBLISHERS; publisher++) {
            var first = publisher;
            Thread.ofPlatform().start(() -> publishForEver(transport, first));
        }
    }

    private static void publishForEver(EmbeddedTransport transport, int first) {
        for (var number = first; ; number += PUBLISHERS) {
            var message =
                    new Message(Integer.toString(number), null, null, null, null, Map.of("n", number), new byte[900]);
            try {
                transport.publish(Topology.WAGERS, message).join();
            } catch (CompletionException e) {
                return;
            }
            System.out.println(number);
        }
    }
}
