package io.wager.core.wager;

import java.util.Optional;
import java.util.UUID;

/**
 * The id of a player. Its order is that of its text.
 *
 * @param value the UUID, of any version and variant
 */
public record AccountId(UUID value) implements Comparable<AccountId> {

    /**
     * Reads an id from the contract's spelling.
     *
     * @param text 8-4-4-4-12 hexadecimal digits in any letter case
     * @return the id, or empty if the text is not one
     */
    public static Optional<AccountId> parse(String text) {
        return Uuids.parse(text).map(AccountId::new);
    }

    /** By the bytes as unsigned numbers, which is the order of the text; {@link UUID#compareTo} compares signed halves. */
    @Override
    public int compareTo(AccountId other) {
        var high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    /** The contract's spelling, in lower case. */
    @Override
    public String toString() {
        return value.toString();
    }
}
