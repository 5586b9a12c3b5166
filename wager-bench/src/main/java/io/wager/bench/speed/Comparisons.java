package io.wager.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What came of the comparisons: medians, and ratios taken round by round before their median. */
public final class Comparisons {

    private Comparisons() {}

    /**
     * A line of the report.
     *
     * @param comparison what was compared
     * @param value the median of ours
     * @param limit the median of the limit; null without one
     * @param ratio the median of the ratios of each round; null without a limit
     * @param lowest the lowest of the numbers that {@code isReached} was decided by
     * @param highest the highest of them
     * @param isReached whether the median reaches the aim; null without one
     */
    public record Line(
            Comparison comparison,
            double value,
            @Nullable Double limit,
            @Nullable Double ratio,
            double lowest,
            double highest,
            @Nullable Boolean isReached) {}

    /** The lines of those comparisons for which there are values. */
    public static List<Line> of(List<Comparison> comparisons, Measurements measurements) {
        var lines = new ArrayList<Line>();
        for (var comparison : comparisons) {
            var values = measurements.values(comparison.value());
            if (!values.isEmpty()) {
                lines.add(line(comparison, values, measurements));
            }
        }
        return lines;
    }

    private static Line line(Comparison comparison, List<Double> values, Measurements measurements) {
        var limit = comparison.limit();
        if (limit == null) {
            return line(comparison, median(values), null, null, values);
        }
        var limits = measurements.values(limit);
        if (limits.size() != values.size()) {
            throw new IllegalStateException(comparison.value() + " was measured " + values.size() + " times and "
                    + limit + " " + limits.size() + " times");
        }
        var ratios = IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / limits.get(round))
                .toList();
        return line(comparison, median(values), median(limits), median(ratios), ratios);
    }

    private static Line line(
            Comparison comparison, double value, @Nullable Double limit, @Nullable Double ratio, List<Double> judged) {
        var aim = comparison.aim();
        var range = judged.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return new Line(
                comparison,
                value,
                limit,
                ratio,
                range.getMin(),
                range.getMax(),
                aim == null ? null : aim.isReachedBy(median(judged)));
    }

    /** The middle of the sorted values; of an even number of them, the mean of the two in the middle. */
    static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The lines as a table for people. */
    public static String table(List<Line> lines) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-44s %12s %12s %-10s %7s %15s %8s%n",
                "what / against",
                "median",
                "limit",
                "unit",
                "ratio",
                "of the rounds",
                "aim"));
        for (var line : lines) {
            var comparison = line.comparison();
            var limit = comparison.limit();
            text.append(String.format(
                    Locale.ROOT,
                    "%-44s %12s %12s %-10s %7s %15s %8s %s%n",
                    comparison.value(),
                    number(line.value()),
                    number(line.limit()),
                    comparison.unit(),
                    number(line.ratio()),
                    number(line.lowest()) + " to " + number(line.highest()),
                    aim(comparison.aim()),
                    verdict(line.isReached())));
            if (limit != null) {
                text.append("  / ").append(limit).append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    private static String aim(Comparison.@Nullable Aim aim) {
        return aim == null ? "" : (aim.isFloor() ? ">= " : "<= ") + number(aim.bound());
    }

    private static String verdict(@Nullable Boolean isReached) {
        if (isReached == null) {
            return "";
        }
        return isReached ? "reached" : "MISSED";
    }

    private static String number(@Nullable Double number) {
        if (number == null) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.2f" : "%,.0f", number);
    }
}
