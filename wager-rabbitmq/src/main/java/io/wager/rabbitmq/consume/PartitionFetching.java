package io.wager.rabbitmq.consume;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The consumers of a lane that has partitions of its own, one consumer for each. Each begins as a scout.
 *
 * <p>To end a consumer makes another instance's the active one. So that a player's wagers stay in their order, a scout is replaced
 * when the one message that it may hold has been handled and is not acknowledged yet: whatever the other one gets comes after it.
 */
final class PartitionFetching implements Lane.Fetching {

    private final List<String> queues;
    private final int mostOfEach;
    private final Map<String, Object> arguments;
    private final Caution caution;

    /**
     * @param mostOfEach the largest prefetch of one queue
     */
    PartitionFetching(List<String> queues, int mostOfEach, Map<String, Object> arguments, Caution caution) {
        this.queues = List.copyOf(queues);
        this.mostOfEach = mostOfEach;
        this.arguments = arguments;
        this.caution = caution;
    }

    @Override
    public List<String> queues() {
        return queues;
    }

    @Override
    public Map<String, Object> arguments() {
        return arguments;
    }

    @Override
    public void fetch(String queue, Intake intake) throws IOException {
        var now = intake.fetch(queue);
        if (now == null) {
            intake.begin(new Fetch(queue, 1, true));
        } else if (!now.isScouting() && intake.isWorthRenewing(now, wanted(intake))) {
            intake.begin(new Fetch(queue, wanted(intake), false));
        }
    }

    @Override
    public void afterHandling(Intake intake) throws IOException {
        for (var queue : queues) {
            var now = intake.fetch(queue);
            if (now != null && now.isScouting() && now.sawOrdinary() && !caution.hasSuspects()) {
                intake.begin(new Fetch(queue, wanted(intake), false));
            }
        }
    }

    private int wanted(Intake intake) {
        return Math.max(1, intake.holdings().prefetch(mostOfEach * queues.size()) / queues.size());
    }
}
