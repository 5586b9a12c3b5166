package io.wager.api.requeuejob;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a job's letters.
 *
 * @param items in the order of archiving
 */
record ItemsResponse(List<Item> items) {

    /**
     * One letter of a job.
     *
     * @param deadLetterId the letter
     * @param outcome {@code pending}, {@code requeued}, {@code resolved}, {@code failed} or {@code skipped}
     * @param requeueNumber the letter's requeue that the job made
     * @param sends how often publishing it was tried to an end
     * @param detail why it was skipped, or not sent yet
     * @param changedAt since when
     */
    record Item(
            UUID deadLetterId,
            String outcome,
            @Nullable Integer requeueNumber,
            int sends,
            @Nullable String detail,
            Instant changedAt) {

        static Item of(JobRepository.Item item) {
            return new Item(
                    item.deadLetterId(),
                    item.outcome().wireForm(),
                    item.requeueNumber(),
                    item.sends(),
                    item.detail(),
                    item.changedAt());
        }
    }
}
