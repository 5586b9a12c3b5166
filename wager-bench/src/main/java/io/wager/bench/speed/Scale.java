package io.wager.bench.speed;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where numbers lie on an axis.
 *
 * @param isLogarithmic whether equal distances are equal ratios; all numbers are then above 0
 * @param least the number at the axis' begin
 * @param most the number at its end, above the least
 * @param begin the coordinate of the least
 * @param end the coordinate of the most
 */
record Scale(boolean isLogarithmic, double least, double most, double begin, double end) {

    private static final double LOGARITHMIC_FROM = 100;
    private static final int ABOUT_TICKS = 8;

    /** A logarithmic scale where the numbers are far apart, else a linear one. */
    static Scale of(double[] numbers, double begin, double end) {
        var range = Arrays.stream(numbers).summaryStatistics();
        if (range.getMin() <= 0 || range.getMax() / range.getMin() < LOGARITHMIC_FROM) {
            return linear(numbers, begin, end);
        }
        return new Scale(
                true,
                Math.pow(10, Math.floor(Math.log10(range.getMin()))),
                Math.pow(10, Math.ceil(Math.log10(range.getMax()))),
                begin,
                end);
    }

    /** From 0, or from the least number if that is below, to the first tick at or above the largest. */
    static Scale linear(double[] numbers, double begin, double end) {
        var least = Math.min(0, Arrays.stream(numbers).min().orElse(0));
        var most = Arrays.stream(numbers).max().orElse(1);
        var length = most > least ? most - least : 1;
        var step = step(length);
        return new Scale(false, Math.floor(least / step) * step, Math.ceil((least + length) / step) * step, begin, end);
    }

    /** Where a number lies. */
    double at(double number) {
        var part = isLogarithmic
                ? Math.log10(number / least) / Math.log10(most / least)
                : (number - least) / (most - least);
        return begin + part * (end - begin);
    }

    /** The numbers that are written beside the axis. */
    double[] ticks() {
        if (isLogarithmic) {
            return IntStream.rangeClosed(0, (int) Math.round(Math.log10(most / least)))
                    .mapToDouble(power -> least * Math.pow(10, power))
                    .flatMap(ten -> DoubleStream.of(ten, 2 * ten, 5 * ten))
                    .filter(tick -> tick <= most * 1.001)
                    .toArray();
        }
        var step = step(most - least);
        return IntStream.rangeClosed(0, (int) Math.round((most - least) / step))
                .mapToDouble(tick -> least + tick * step)
                .toArray();
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double length) {
        var rough = length / ABOUT_TICKS;
        var ten = Math.pow(10, Math.floor(Math.log10(rough)));
        return DoubleStream.of(1, 2, 5)
                .map(factor -> factor * ten)
                .filter(step -> step >= rough)
                .findFirst()
                .orElse(10 * ten);
    }
}
