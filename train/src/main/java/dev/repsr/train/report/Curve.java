package dev.repsr.train.report;

import java.util.List;
import java.util.Locale;

/**
 * Values over the iterations of a run.
 *
 * @param name what the legend calls it
 * @param points in the order of their iterations
 * @param level a line of comparison: drawn dashed
 */
public record Curve(String name, List<Point> points, boolean level) {

    /** One value. */
    public record Point(long iteration, double value) {}

    /** Keeps a copy. */
    public Curve {
        points = List.copyOf(points);
    }

    /** A number as a legend writes it: four digits that count. */
    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 0.01 || value == 0 ? "%.4g" : "%.1e", value);
    }
}
