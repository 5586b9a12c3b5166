package io.wager.api.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list of groups that is ordered by a count, then by a time, then by their keys. It is a place and not a group: the list
 * continues behind it even if that group has moved or is gone.
 *
 * @param count the count of the last group before this place
 * @param time the time of that group, in whole 100 ns like the columns
 * @param key the key of that group
 */
public record CountCursor(long count, Instant time, long key) {

    /**
     * The cursor as text.
     *
     * @param list the list's name and its filters, in any spelling
     * @return the text that {@link #read} takes for the same list
     */
    public String encode(String list) {
        return CursorText.encode(list, count, CursorText.ticks(time), key);
    }

    /**
     * The parameter {@code cursor}; a fault if it is not one of this list.
     *
     * @param parameters the request's
     * @param list the same as for {@link #encode}
     * @return the place, or null for the start
     */
    public static @Nullable CountCursor read(RequestParameters parameters, String list) {
        var place = CursorText.read(parameters, list, 3);
        return place == null ? null : new CountCursor(place[0], CursorText.time(place[1]), place[2]);
    }
}
