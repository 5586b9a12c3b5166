package io.wager.consumer.reconcile.finding;

import io.wager.core.wager.Amounts;
import java.math.BigDecimal;

/**
 * A sum of amounts, and the number of wagers in it. Equal by value.
 *
 * @param amount exact, in normal form
 * @param count the number of wagers
 */
public record Total(BigDecimal amount, long count) {

    /** The total of no wagers. */
    public static final Total NONE = new Total(BigDecimal.ZERO, 0);

    /** Normalises the amount. */
    public Total {
        amount = Amounts.normalise(amount);
    }

    /** The sum of both. */
    public Total plus(Total other) {
        return new Total(amount.add(other.amount), count + other.count);
    }
}
