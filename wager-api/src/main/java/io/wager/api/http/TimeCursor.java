package io.wager.api.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by a time of its rows, and by their number where the times are equal.
 *
 * @param time the time of the last row before this place, in whole 100 ns as the columns have it
 * @param sequence the number of that row
 */
public record TimeCursor(Instant time, long sequence) {

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final long NANOS_PER_TICK = 100;

    /**
     * The cursor as text.
     *
     * @param list the list's name and its filters, in whatever spelling
     * @return what {@link #read} takes for the same list
     */
    public String encode(String list) {
        return CursorText.encode(
                list, time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() / NANOS_PER_TICK, sequence);
    }

    /**
     * The parameter {@code cursor}; a fault if it is not one of this list.
     *
     * @param parameters the request's
     * @param list as {@link #encode} was told
     * @return the place, or null for the start
     */
    public static @Nullable TimeCursor read(RequestParameters parameters, String list) {
        var place = CursorText.read(parameters, list, 2);
        return place == null
                ? null
                : new TimeCursor(
                        Instant.ofEpochSecond(
                                Math.floorDiv(place[0], TICKS_PER_SECOND),
                                Math.floorMod(place[0], TICKS_PER_SECOND) * NANOS_PER_TICK),
                        place[1]);
    }
}
