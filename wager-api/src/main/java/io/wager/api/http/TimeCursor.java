package io.wager.api.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by a time of its rows, and by their number where the times are equal.
 *
 * @param time the time of the last row before this place, in whole 100 ns like the columns
 * @param sequence the number of that row
 */
public record TimeCursor(Instant time, long sequence) {

    /**
     * The cursor as text.
     *
     * @param list the list's name and its filters, in any spelling
     * @return the text that {@link #read} takes for the same list
     */
    public String encode(String list) {
        return CursorText.encode(list, CursorText.ticks(time), sequence);
    }

    /**
     * The parameter {@code cursor}; a fault if it is not one of this list.
     *
     * @param parameters the request's
     * @param list the same as for {@link #encode}
     * @return the place, or null for the start
     */
    public static @Nullable TimeCursor read(RequestParameters parameters, String list) {
        var place = CursorText.read(parameters, list, 2);
        return place == null ? null : new TimeCursor(CursorText.time(place[0]), place[1]);
    }
}
