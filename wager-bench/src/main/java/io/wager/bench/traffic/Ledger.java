package io.wager.bench.traffic;

import io.wager.core.wager.ContentHash;
import io.wager.core.wager.Wager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients sent and what they were promised: the model that the stored rows are held against. Safe for any number of
 * threads.
 */
public final class Ledger {

    private final Map<UUID, List<Content>> byId = new HashMap<>();
    private final Map<String, String> poison = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final AtomicLong acceptances = new AtomicLong();

    /** What must become of a content that was accepted. */
    public enum Destiny {
        /** It is stored, or a conflict with another content that is. */
        STORED,
        /** The database can't take it: it is a dead letter. */
        DEAD
    }

    /**
     * One content that was sent for a wagerId.
     *
     * @param wager makes the content again: a million of them are too many to keep
     * @param hash its hash
     * @param destiny what must become of it
     * @param reason the reason of its dead letter; null if it is to be stored
     * @param isAccepted whether any client was told that it is accepted
     */
    public record Content(
            Supplier<Wager> wager,
            ContentHash hash,
            Destiny destiny,
            @Nullable String reason,
            boolean isAccepted) {

        private Content accept() {
            return isAccepted ? this : new Content(wager, hash, destiny, reason, true);
        }
    }

    /** Before it is sent, for the first time or again. */
    synchronized void sending(Item item) {
        var contents = byId.computeIfAbsent(item.id(), id -> new ArrayList<>(1));
        if (contents.stream().noneMatch(content -> content.hash().equals(item.hash()))) {
            contents.add(new Content(item.wager(), item.hash(), item.destiny(), item.reason(), false));
        }
    }

    /** After it was answered 'accepted'. */
    synchronized void accepted(Item item) {
        acceptances.incrementAndGet();
        byId.getOrDefault(item.id(), List.of())
                .replaceAll(content -> content.hash().equals(item.hash()) ? content.accept() : content);
    }

    /** Before a message that no consumer can read goes to the exchange: it must become a dead letter. */
    public synchronized void poisoning(String messageId, String reason) {
        poison.put(messageId, reason);
    }

    /** An answer that breaks the contract. */
    public synchronized void broken(String what) {
        broken.add(what);
    }

    /** Everything sent, by wagerId. Only once nothing more is sent. */
    public synchronized Map<UUID, List<Content>> contents() {
        return Map.copyOf(byId);
    }

    /** Writes the ids of all that clients were told is accepted, one a line, as they would hand them in. */
    public synchronized void writeAccepted(Path file) throws IOException {
        try (var lines = Files.newBufferedWriter(file)) {
            for (var id : byId.entrySet()) {
                if (id.getValue().stream().anyMatch(Content::isAccepted)) {
                    lines.write(id.getKey().toString());
                    lines.newLine();
                }
            }
        }
    }

    /** The reasons of the messages that must be dead letters, by message id. */
    public synchronized Map<String, String> poison() {
        return Map.copyOf(poison);
    }

    /** Answers that broke the contract. */
    public synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** How often a client was told 'accepted', repeats counted. */
    public long acceptances() {
        return acceptances.get();
    }

    /** How many distinct wagerIds were sent. */
    public synchronized int ids() {
        return byId.size();
    }
}
