package io.wager.api.requeuejob;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** When a job may go on, and when it must not. */
final class StopRules {

    /** Settled letters before which a share says nothing. */
    static final int LEAST_SETTLED = 20;

    private StopRules() {}

    /**
     * Why a running job must stop, or null.
     *
     * <p>A failure among the first letters, the canary, stops the job. The share of failures is judged once {@value
     * #LEAST_SETTLED} letters are settled, and at the end of a smaller job, which then ends stopped rather than completed.
     *
     * @param begun items that may be under way
     */
    static @Nullable String reason(Job job, Progress progress, int begun) {
        var failed = progress.of(Outcome.FAILED);
        if (failed == 0) {
            return null;
        }
        var canary = job.canary();
        if (canary != null && sent(progress, begun) <= canary) {
            return "canary: " + failed + " of the first " + canary + " failed again";
        }
        var share = job.stopWhenFailedShare();
        var settled = failed + progress.of(Outcome.RESOLVED);
        var isJudged = settled >= LEAST_SETTLED || (job.isSelected() && progress.isSettled());
        if (share == null || !isJudged || isWithin(failed, settled, share)) {
            return null;
        }
        return "failed share: " + failed + " of " + settled + " settled failed again, more than "
                + share.stripTrailingZeros().toPlainString();
    }

    /** How many more may be sent now, as far as the canary has a say: it must have been resolved in whole before more go. */
    static int allowed(Job job, Progress progress, int begun) {
        var canary = job.canary();
        var sent = sent(progress, begun);
        if (canary == null || sent > canary) {
            return Integer.MAX_VALUE;
        }
        var isUnderWay = progress.of(Outcome.REQUEUED) + begun > 0;
        return sent == canary && !isUnderWay ? Integer.MAX_VALUE : canary - sent;
    }

    private static int sent(Progress progress, int begun) {
        return progress.of(Outcome.REQUEUED) + progress.of(Outcome.RESOLVED) + progress.of(Outcome.FAILED) + begun;
    }

    private static boolean isWithin(int failed, int settled, BigDecimal share) {
        return BigDecimal.valueOf(failed).compareTo(share.multiply(BigDecimal.valueOf(settled))) <= 0;
    }
}
