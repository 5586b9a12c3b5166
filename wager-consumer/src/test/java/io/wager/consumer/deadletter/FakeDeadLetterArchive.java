package io.wager.consumer.deadletter;

import io.wager.consumer.store.StoreException;
import io.wager.consumer.store.StoreException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An archive in memory that can be told to fail, and counts its transactions. */
final class FakeDeadLetterArchive implements DeadLetterArchive {

    private final Map<UUID, Set<ByteBuffer>> letters = new TreeMap<>();
    private final Queue<Kind> failures = new ArrayDeque<>();
    private final Set<String> refused = new HashSet<>();
    private volatile @Nullable Kind broken;
    private int transactions;

    /** The next transactions fail in this way. */
    void failNext(Kind... kinds) {
        failures.addAll(List.of(kinds));
    }

    /** Every transaction with this message fails for its data. */
    void refuse(String messageId) {
        refused.add(messageId);
    }

    /** Takes every message again. */
    void refuseNothing() {
        refused.clear();
    }

    /** Every transaction fails in this way, the rehearsals too. */
    void breakWith(Kind kind) {
        broken = kind;
    }

    /** Takes letters again. */
    void mend() {
        broken = null;
    }

    @Override
    public void rehearse() {
        failIfBroken();
    }

    private void failIfBroken() {
        var kind = broken;
        if (kind != null) {
            throw new StoreException(kind, "told to fail", new IllegalStateException("told to fail"));
        }
    }

    @Override
    public List<ArchiveOutcome> archive(List<DeadLetterFailure> batch) {
        transactions++;
        failIfBroken();
        var failure = failures.poll();
        if (failure != null) {
            throw new StoreException(failure, "told to fail", new IllegalStateException("told to fail"));
        }
        if (batch.stream().anyMatch(letter -> refused.contains(letter.message().messageId()))) {
            throw new StoreException(Kind.DATA, "refused", new IllegalStateException("refused"));
        }
        var outcomes = new ArrayList<ArchiveOutcome>();
        for (var letter : batch) {
            var identity = letter.identity();
            var known = letters.computeIfAbsent(identity.deadLetterId(), id -> new HashSet<>());
            var isNew = known.isEmpty();
            var isAdded = known.add(ByteBuffer.wrap(identity.failureKey()));
            outcomes.add(
                    isNew ? ArchiveOutcome.ARCHIVED : isAdded ? ArchiveOutcome.FAILED_AGAIN : ArchiveOutcome.KNOWN);
        }
        return outcomes;
    }

    int letters() {
        return letters.size();
    }

    int transactions() {
        return transactions;
    }
}
