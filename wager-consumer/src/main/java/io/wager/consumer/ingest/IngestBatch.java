package io.wager.consumer.ingest;

import io.wager.consumer.store.RequeueMark;
import io.wager.consumer.store.WagerRow;
import io.wager.core.deadletter.Requeue;
import io.wager.core.messaging.Disposition;
import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import io.wager.core.wager.WagerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wagers of one batch, folded: one candidate for each wagerId, with all its messages, and the disposition of each message as it becomes
 * known. Used by one thread. Public for the benchmark that measures it.
 */
public final class IngestBatch {

    private final @Nullable Disposition[] dispositions;
    private final Map<WagerId, Candidate> candidates = new HashMap<>();

    /**
     * A batch without wagers and dispositions.
     *
     * @param size how many messages it has
     */
    public IngestBatch(int size) {
        dispositions = new Disposition[size];
    }

    /**
     * Adds the wager of the message at an index. The first content for an id is the candidate.
     *
     * @param index of the message, from 0
     * @param wager that the message holds
     * @param requeue the requeue that the message names, null if it was not requeued
     */
    public void add(int index, Wager wager, @Nullable Requeue requeue) {
        candidates
                .computeIfAbsent(wager.wagerId(), id -> new Candidate())
                .add(new Content(index, wager, ContentHash.of(wager), requeue));
    }

    /** Settles the message at an index. */
    void dispose(int index, Disposition disposition) {
        dispositions[index] = disposition;
    }

    /** How many messages have been settled by a commit. */
    int doneCount() {
        return (int) Arrays.stream(dispositions)
                .filter(disposition -> disposition instanceof Disposition.Done)
                .count();
    }

    /** The rows to store, sorted by wagerId, so that concurrent writers take their locks in one order. */
    public List<Candidate> candidates() {
        var sorted = new ArrayList<>(candidates.values());
        sorted.sort((one, other) -> one.wagerId().compareTo(other.wagerId()));
        return sorted;
    }

    /** The dispositions of all messages, in order. Every one must have been settled. */
    List<Disposition> dispositions() {
        var all = new ArrayList<Disposition>(dispositions.length);
        for (var disposition : dispositions) {
            all.add(Objects.requireNonNull(disposition, "a message of the batch was not settled"));
        }
        return Collections.unmodifiableList(all);
    }

    /** The message at an index, and its wager. */
    record Content(
            int index,
            Wager wager,
            ContentHash hash,
            @Nullable Requeue requeue) {}

    /** The messages of one wagerId in a batch: at least one, in the order of the queue. */
    public static final class Candidate {

        private final List<Content> contents = new ArrayList<>(1);

        private void add(Content content) {
            contents.add(content);
        }

        WagerId wagerId() {
            return first().wager().wagerId();
        }

        List<Content> contents() {
            return contents;
        }

        /** The row to store: the first content, the hashes of the others, and the requeues of all. */
        public WagerRow row() {
            var others = new LinkedHashSet<ContentHash>();
            var requeues = new ArrayList<RequeueMark>(0);
            for (var content : contents) {
                if (content.requeue() != null) {
                    requeues.add(new RequeueMark(content.requeue(), content.hash()));
                }
                if (!content.hash().equals(first().hash())) {
                    others.add(content.hash());
                }
            }
            return new WagerRow(first().wager(), first().hash(), List.copyOf(others), requeues);
        }

        /** The messages with the first content. */
        List<Content> firstContents() {
            return contents.stream()
                    .filter(content -> content.hash().equals(first().hash()))
                    .toList();
        }

        /** The rest when the first content can't be stored: the messages with other contents, if there are any. */
        @Nullable
        Candidate withoutFirstContent() {
            var rest = new Candidate();
            contents.stream()
                    .filter(content -> !content.hash().equals(first().hash()))
                    .forEach(rest::add);
            return rest.contents.isEmpty() ? null : rest;
        }

        private Content first() {
            return contents.getFirst();
        }
    }
}
