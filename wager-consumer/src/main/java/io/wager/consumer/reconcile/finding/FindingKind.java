package io.wager.consumer.reconcile.finding;

/** The kinds of findings. */
public enum FindingKind {
    /** A player's total or count is not that of the player's wagers. */
    PLAYER_TOTAL("player-total", true),
    /** There are wagers of a player who has no row. */
    PLAYER_MISSING("player-missing", true),
    /** There is a player's row, and no wager of that player. */
    PLAYER_WITHOUT_WAGERS("player-without-wagers", true),
    /** The total or count of a player's day is not that of the wagers of that day. */
    DAY_TOTAL("day-total", true),
    /** There are wagers of a player's day that has no row. */
    DAY_MISSING("day-missing", true),
    /** There is a row of a player's day, and no wager of that day. */
    DAY_WITHOUT_WAGERS("day-without-wagers", true),
    /** A dead letter is resolved, but none of its bodies is stored. */
    RESOLVED_NOT_STORED("resolved-not-stored", false),
    /** A dead letter was requeued long ago, and has no outcome. */
    REQUEUE_OVERDUE("requeue-overdue", false),
    /** A dead letter has the reason conflict, but no such conflict is recorded. */
    LETTER_WITHOUT_CONFLICT("letter-without-conflict", false),
    /** A conflict is recorded, and there is no dead letter with its content. */
    CONFLICT_WITHOUT_LETTER("conflict-without-letter", false),
    /** A conflict is recorded, and its wager is not stored. */
    CONFLICT_WITHOUT_WAGER("conflict-without-wager", false),
    /** A wager that a client believes accepted is nowhere. */
    ACCEPTED_MISSING("accepted-missing", false),
    /** A line of the client's file can't be parsed. */
    BROKEN_LINE("broken-line", false);

    private final String wireForm;
    private final boolean isRepairable;

    FindingKind(String wireForm, boolean isRepairable) {
        this.wireForm = wireForm;
        this.isRepairable = isRepairable;
    }

    /** The name in reports. */
    public String wireForm() {
        return wireForm;
    }

    /** Whether the wagers' rows determine the value, so that it can be rebuilt from them. */
    public boolean isRepairable() {
        return isRepairable;
    }
}
