package io.wager.bench.speed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All values that a run has measured, and the curves for its plots. Used by one thread. */
public final class Measurements {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, Curve> curves = new LinkedHashMap<>();

    /**
     * Keeps a value.
     *
     * @param name what was measured; each round adds one value
     * @param value in the unit of its {@link Comparison}
     */
    public void add(String name, double value) {
        values.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
    }

    /**
     * Keeps a curve; a later one of the same plot and name takes its place.
     *
     * @param curve to be plotted
     */
    public void plot(Curve curve) {
        curves.put(curve.plot() + '/' + curve.name(), curve);
    }

    /** The values of a name in the order of the rounds; empty where nothing was measured. */
    public List<Double> values(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Everything that was measured, by name. */
    public Map<String, List<Double>> values() {
        return values;
    }

    /** Everything that shall be plotted. */
    public List<Curve> curves() {
        return List.copyOf(curves.values());
    }

    /**
     * A curve of a plot.
     *
     * @param plot the plot's file name without its ending
     * @param title the plot's
     * @param name the curve's
     * @param x the name and unit of the horizontal axis
     * @param y of the vertical axis
     * @param points in the order of x
     */
    public record Curve(String plot, String title, String name, String x, String y, List<Point> points) {
        /** Copies the points. */
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** A point of a curve. */
    public record Point(double x, double y) {}
}
