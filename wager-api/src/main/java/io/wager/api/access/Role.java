package io.wager.api.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller may be allowed to do. None implies another. */
public enum Role {
    /** Sends wagers, and asks what became of those whose ids it names. */
    WAGERS_WRITE,
    /** Reads what is stored: wagers, players' histories and names, totals. */
    WAGERS_READ,
    /** Sees dead letters, jobs, the audit, health and meters. */
    OPS_READ,
    /** Requeues, edits, discards and restores dead letters, and runs jobs. */
    OPS_WRITE;

    private final String wireForm = name().toLowerCase(Locale.ROOT).replace('_', ':');

    /**
     * The role as key files, tokens and documents spell it.
     *
     * @return such as {@code wagers:write}
     */
    @JsonValue
    public String wireForm() {
        return wireForm;
    }

    /**
     * Finds a role.
     *
     * @param wireForm as {@link #wireForm()} has it
     * @return the role; empty if there is none of this name
     */
    public static Optional<Role> find(String wireForm) {
        return Arrays.stream(values())
                .filter(role -> role.wireForm.equals(wireForm))
                .findFirst();
    }

    /**
     * Finds a role that must be there.
     *
     * @param wireForm as {@link #wireForm()} has it
     * @return the role
     * @throws IllegalArgumentException if there is none of this name; the message lists those that are
     */
    @JsonCreator
    public static Role of(String wireForm) {
        return find(wireForm)
                .orElseThrow(() -> new IllegalArgumentException("there is no role " + wireForm + "; the roles are "
                        + Arrays.stream(values()).map(Role::wireForm).collect(Collectors.joining(", "))));
    }
}
