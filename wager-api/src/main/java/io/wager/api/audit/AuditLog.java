package io.wager.api.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records actions. An entry is part of the caller's transaction: it exists if and only if the action's effect does.
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
     * @param action the requested action
     * @param outcome its result, first word first: {@code requeued}, {@code refused: not-open}
     */
    public void write(Action action, String outcome) {
        write(action, null, outcome);
    }

    /**
     * Writes an entry about more than one thing.
     *
     * @param action the requested action
     * @param selection the targets, as JSON
     * @param outcome its result
     */
    public void write(Action action, @Nullable String selection, String outcome) {
        repository.add(action, selection, outcome);
    }
}
