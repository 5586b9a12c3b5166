package io.wager.api.requeuejob;

import java.util.List;
import java.util.UUID;

/**
 * What a job would do if it were made now.
 *
 * @param dryRun always true
 * @param selected how many letters it is about
 * @param eligible how many would go
 * @param refused how many can't, by reason
 */
record DryRunResponse(boolean dryRun, int selected, int eligible, List<Refused> refused) {

    /**
     * Letters that can't go for the same reason.
     *
     * @param reason why
     * @param count how many
     * @param samples a few of them
     */
    record Refused(String reason, int count, List<UUID> samples) {}
}
