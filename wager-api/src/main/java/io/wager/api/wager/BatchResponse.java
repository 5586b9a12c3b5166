package io.wager.api.wager;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wager.api.problem.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of a batch.
 *
 * @param accepted how many are durable
 * @param rejected how many break rules
 * @param failed how many may be sent again
 * @param items one per wager, in the order sent
 */
record BatchResponse(int accepted, int rejected, int failed, List<Item> items) {

    static BatchResponse of(List<Receipt> receipts, String path, String traceId) {
        var items = IntStream.range(0, receipts.size())
                .mapToObj(index -> item(index, receipts.get(index), path, traceId))
                .toList();
        return new BatchResponse(
                count(receipts, Receipt.Accepted.class),
                count(receipts, Receipt.Rejected.class),
                count(receipts, Receipt.Failed.class),
                items);
    }

    private static int count(List<Receipt> receipts, Class<? extends Receipt> kind) {
        return (int) receipts.stream().filter(kind::isInstance).count();
    }

    private static Item item(int index, Receipt receipt, String path, String traceId) {
        var id = receipt.wagerId() == null ? null : receipt.wagerId().value();
        var instance = path + "#/" + index;
        return switch (receipt) {
            case Receipt.Accepted ignored -> new Item(index, id, "accepted", false, null);
            case Receipt.Rejected(var ignored, var problem) ->
                new Item(index, id, "rejected", false, problem.problem(instance, traceId));
            case Receipt.Failed(var ignored, var problem) ->
                new Item(index, id, "failed", true, problem.problem(instance, traceId));
        };
    }

    /**
     * The receipt of one wager of a batch.
     *
     * @param index its place, from 0; blank lines do not count
     * @param wagerId its id; null where none could be read
     * @param status {@code accepted}, {@code rejected} or {@code failed}
     * @param retryable whether sending it again unchanged may help
     * @param problem what is wrong; absent if it was accepted
     */
    record Item(
            int index,
            @Nullable UUID wagerId,
            String status,
            boolean retryable,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Problem problem) {}
}
