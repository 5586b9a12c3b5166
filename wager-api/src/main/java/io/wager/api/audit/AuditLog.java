package io.wager.api.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where actions are written down. An entry is part of the transaction that the caller is in: it is there if and only if what
 * the action did is.
 */
@Component
public final class AuditLog {

    private final AuditRepository repository;

    AuditLog(AuditRepository repository) {
        this.repository = repository;
    }

    /**
     * Writes an entry.
     *
     * @param action what was asked for
     * @param outcome what came of it, first word first: {@code requeued}, {@code refused: not-open}
     */
    public void write(Action action, String outcome) {
        write(action, null, outcome);
    }

    /**
     * Writes an entry about more than one thing.
     *
     * @param action what was asked for
     * @param selection what it is done to, as JSON
     * @param outcome what came of it
     */
    public void write(Action action, @Nullable String selection, String outcome) {
        repository.add(action, selection, outcome);
    }
}
