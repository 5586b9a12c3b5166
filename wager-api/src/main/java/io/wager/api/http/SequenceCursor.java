package io.wager.api.http;

import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is ordered by a number of its rows: after the row of this number.
 *
 * @param sequence the number of the last row before this place
 */
public record SequenceCursor(long sequence) {

    /**
     * The cursor as text.
     *
     * @param list the list's name and its filters, in any spelling
     * @return the text that {@link #read} takes for the same list
     */
    public String encode(String list) {
        return CursorText.encode(list, sequence);
    }

    /**
     * The parameter {@code cursor}; a fault if it is not one of this list.
     *
     * @param parameters the request's
     * @param list the same as for {@link #encode}
     * @return the place, or null for the start
     */
    public static @Nullable SequenceCursor read(RequestParameters parameters, String list) {
        var place = CursorText.read(parameters, list, 1);
        return place == null ? null : new SequenceCursor(place[0]);
    }
}
