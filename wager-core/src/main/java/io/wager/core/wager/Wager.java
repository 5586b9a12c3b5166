package io.wager.core.wager;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One casino wager, valid and in its normal form. Two wagers have the same content exactly if they are {@link #equals equal}; {@link
 * ContentHash} says the same in 33 bytes.
 *
 * <p>{@link WagerDecoder} makes these from JSON and names every fault; the constructor only checks the invariants.
 *
 * @param wagerId the permanent idempotency key
 * @param accountId the player
 * @param username 1 to 100 UTF-16 units, not blank; the name that the player had at this wager
 * @param provider 1 to 200 UTF-16 units, not blank
 * @param gameName 1 to 200 UTF-16 units, not blank; unique only within its provider
 * @param theme up to 100 UTF-16 units
 * @param amount at least 0, up to 15 integer and 18 fraction digits, in the normal form of {@link Amounts#normalise}
 * @param createdDateTime when the wager was placed, to 100 ns
 * @param transactionId the client's own
 * @param brandId the client's own
 * @param externalReferenceId the client's own
 * @param transactionTypeId the client's own
 * @param numberOfBets from 1
 * @param countryCode two upper-case ASCII letters
 * @param sessionData up to 131,072 UTF-16 units
 * @param durationMillis from 0
 */
public record Wager(
        WagerId wagerId,
        AccountId accountId,
        String username,
        String provider,
        String gameName,
        @Nullable String theme,
        BigDecimal amount,
        Instant createdDateTime,
        @Nullable UUID transactionId,
        @Nullable UUID brandId,
        @Nullable UUID externalReferenceId,
        @Nullable UUID transactionTypeId,
        @Nullable Integer numberOfBets,
        @Nullable String countryCode,
        @Nullable String sessionData,
        @Nullable Long durationMillis) {

    /** Brings amount and time into the form in which they are kept. */
    public Wager {
        amount = Amounts.normalise(amount);
        if (amount.signum() < 0
                || amount.scale() > Amounts.MAX_FRACTION_DIGITS
                || amount.precision() - amount.scale() > Amounts.MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("amount can't be kept: " + amount);
        }
        createdDateTime = Timestamps.truncate(createdDateTime);
    }
}
