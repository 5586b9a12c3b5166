package io.wager.bench.speed;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table: a value, alone or as a ratio to a limit that was measured beside it.
 *
 * @param value the name of what is ours, as given to {@link Measurements#add}
 * @param limit the name of what it is divided by, round by round; null where the value stands for itself
 * @param aim what the ratio, or the value alone, shall reach; null where it is only told
 * @param unit of the value and of the limit: {@code wagers/s}, {@code ms}
 */
public record Comparison(
        String value, @Nullable String limit, @Nullable Aim aim, String unit) {

    /**
     * What is to be reached.
     *
     * @param isFloor whether more is better
     * @param bound the number
     */
    public record Aim(boolean isFloor, double bound) {

        /** More is better. */
        public static Aim atLeast(double bound) {
            return new Aim(true, bound);
        }

        /** Less is better. */
        public static Aim atMost(double bound) {
            return new Aim(false, bound);
        }

        /** Whether a number reaches it. */
        public boolean isReachedBy(double number) {
            return isFloor ? number >= bound : number <= bound;
        }
    }
}
