package io.wager.api.http;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A window of whole UTC days.
 *
 * @param from the first day; null is open
 * @param to the last day, inclusive; null is open
 */
public record Days(@Nullable LocalDate from, @Nullable LocalDate to) {

    private static final int LAST_YEAR = 9999;
    /** The longest month and a few days more. */
    private static final int MANY = 35;

    /**
     * Says whether every day is in the window.
     *
     * @return true if neither end was given
     */
    public boolean isUnbounded() {
        return from == null && to == null;
    }

    /**
     * The start of the window.
     *
     * @return its first moment in UTC, or null if it is open
     */
    public @Nullable LocalDateTime start() {
        return from == null ? null : from.atStartOfDay();
    }

    /**
     * The end of the window.
     *
     * @return the first moment after it in UTC, or null if it is open; a window to the last day that a column can hold is open too
     */
    public @Nullable LocalDateTime end() {
        if (to == null) {
            return null;
        }
        var next = to.plusDays(1);
        return next.getYear() > LAST_YEAR ? null : next.atStartOfDay();
    }

    /**
     * Says whether running totals of so many days take long to add up.
     *
     * @return true of more than {@value #MANY} days, and of a window that has no beginning or no end
     */
    public boolean areMany() {
        return from == null || to == null || from.plusDays(MANY).compareTo(to) <= 0;
    }
}
