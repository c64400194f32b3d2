package dev.repsr.train.report;

import java.util.List;
import java.util.Locale;

/**
 * Values over the iterations of a run, or over something else that grows.
 *
 * @param name what the legend calls it
 * @param points in their order
 * @param level a line of comparison: drawn dashed
 */
public record Curve(String name, List<Point> points, boolean level) {

    /**
     * One value.
     *
     * @param at where it was measured, an iteration mostly
     * @param spread how far it may lie above or below, 0 where there is one measurement
     */
    public record Point(double at, double value, double spread) {

        /** Without a spread. */
        public Point(double at, double value) {
            this(at, value, 0);
        }
    }

    /** Keeps a copy. */
    public Curve {
        points = List.copyOf(points);
    }

    /** A number as a legend writes it: four digits that count. */
    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 0.01 || value == 0 ? "%.4g" : "%.1e", value);
    }
}
