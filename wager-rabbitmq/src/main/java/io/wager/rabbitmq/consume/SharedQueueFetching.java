package io.wager.rabbitmq.consume;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The consumer of a lane that shares one queue with other lanes. One of them is the scout: it looks at the first message before
 * any of them fetches in numbers.
 */
final class SharedQueueFetching implements Lane.Fetching {

    private static final long FOLLOWERS_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String queue;
    private final int most;
    private final boolean isScout;
    private final int followers;
    private final Map<String, Object> arguments;
    private final Caution caution;

    private SharedQueueFetching(
            String queue, int most, boolean isScout, int followers, Map<String, Object> arguments, Caution caution) {
        this.queue = queue;
        this.most = most;
        this.isScout = isScout;
        this.followers = followers;
        this.arguments = arguments;
        this.caution = caution;
    }

    /**
     * The one that looks first.
     *
     * @param most the largest prefetch
     * @param followers how many others there are
     */
    static SharedQueueFetching scout(
            String queue, int most, int followers, Map<String, Object> arguments, Caution caution) {
        return new SharedQueueFetching(queue, most, true, followers, arguments, caution);
    }

    /**
     * One that fetches when the scout has looked.
     *
     * @param most the largest prefetch
     */
    static SharedQueueFetching follower(String queue, int most, Map<String, Object> arguments, Caution caution) {
        return new SharedQueueFetching(queue, most, false, 0, arguments, caution);
    }

    @Override
    public List<String> queues() {
        return List.of(queue);
    }

    @Override
    public Map<String, Object> arguments() {
        return arguments;
    }

    @Override
    public void fetch(String name, Intake intake) throws IOException, InterruptedException {
        var now = intake.fetch(queue);
        if (caution.isOpen()) {
            if (now == null || now.isScouting() || intake.isWorthRenewing(now, wanted(intake))) {
                intake.begin(new Fetch(queue, wanted(intake), false));
                if (!isScout) {
                    caution.followed();
                }
            }
        } else if (!isScout) {
            intake.endAll();
        } else if (now == null || !now.isScouting()) {
            intake.begin(new Fetch(queue, 1, true));
        } else if (now.sawOrdinary()) {
            // Before the others begin, which are to have only what this one may not hold; and it holds the scout's
            // already.
            intake.begin(new Fetch(queue, Math.max(1, wanted(intake) - 1), false));
            caution.open();
            // Or what this one acknowledges at once would bring it what is theirs.
            caution.awaitFollowers(followers, FOLLOWERS_PATIENCE_NANOS);
        }
    }

    @Override
    public void afterHandling(Intake intake) {
        // Nothing: the queue promises no order among its consumers.
    }

    private int wanted(Intake intake) {
        return intake.holdings().prefetch(most);
    }
}
