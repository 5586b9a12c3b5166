package io.wager.consumer.watchdog;

import io.wager.consumer.queue.BatchesInHand;
import io.wager.consumer.queue.QueueSubscription;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for what makes a consumer useless that calls itself ready. */
final class Symptoms implements Supplier<List<Symptom>> {

    private final BatchesInHand inHand;
    private final List<QueueSubscription> subscriptions;
    private final ThreadMXBean threads;
    private final Duration stalledAfter;

    Symptoms(BatchesInHand inHand, List<QueueSubscription> subscriptions, ThreadMXBean threads, Duration stalledAfter) {
        this.inHand = inHand;
        this.subscriptions = List.copyOf(subscriptions);
        this.threads = threads;
        this.stalledAfter = stalledAfter;
    }

    @Override
    public List<Symptom> get() {
        var found = new ArrayList<Symptom>();
        for (var batch : inHand.stalledFor(stalledAfter)) {
            found.add(new Symptom(
                    "a batch makes no progress queue=" + batch.queue() + " messages=" + batch.size() + " seconds="
                            + batch.age().toSeconds() + " thread="
                            + batch.thread().getName(),
                    batch.thread(),
                    true,
                    Set.of(batch.thread())));
        }
        for (var subscription : subscriptions) {
            if (!subscription.isWorking()) {
                found.add(new Symptom(
                        "a thread that consumes has ended queue=" + subscription.queue(),
                        subscription,
                        false,
                        Set.of()));
            }
        }
        // Waits that end by a time-out are among them.
        var deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            var ids = Arrays.stream(deadlocked).boxed().collect(Collectors.toSet());
            found.add(new Symptom("threads wait for each other for ever threadIds=" + ids, ids, false, Set.of()));
        }
        return found;
    }
}
