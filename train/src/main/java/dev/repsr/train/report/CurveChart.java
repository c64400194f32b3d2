package dev.repsr.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves as SVG, which stands in a page or in a file of its own.
 *
 * @param title above the chart
 * @param curves each with one point at least
 * @param logarithmic whether equal ratios are equal distances; all values are positive then
 * @param axis what the points lie at
 */
public record CurveChart(String title, List<Curve> curves, boolean logarithmic, String axis) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int TOP = 12;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 28;
    private static final int ROW = 16;
    private static final int NAMES_A_ROW = 3;
    private static final String AXIS = "#57606a";
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#bf3989", "#57606a");

    /** Keeps those that have points. */
    public CurveChart {
        curves = curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
    }

    /** Curves over iterations. */
    public CurveChart(String title, List<Curve> curves, boolean logarithmic) {
        this(title, curves, logarithmic, "iterations");
    }

    /** Whether there is nothing to draw. */
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /** Bounds of both axes. */
    private record Range(double first, double last, double low, double high) {}

    /** The chart as an element svg; the legend goes below it. */
    String toSvg() {
        return toSvg(false);
    }

    /**
     * The chart as an element svg.
     *
     * @param legend whether the names of the curves stand in it
     */
    public String toSvg(boolean legend) {
        Range range = range();
        int rows = legend ? Math.ceilDiv(curves.size(), NAMES_A_ROW) : 0;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT + rows * ROW,
                Html.escaped(title)));
        for (int i = 0; i <= 4; i++) {
            grid(svg, range, range.low + (range.high - range.low) * i / 4);
        }
        svg.append(text(LEFT, HEIGHT - 8, "start", AXIS, Long.toString(Math.round(range.first))));
        svg.append(text(WIDTH - RIGHT, HEIGHT - 8, "end", AXIS, Math.round(range.last) + " " + axis));
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            svg.append(band(curve, range, colour(i))).append(line(curve, range, colour(i)));
            if (legend) {
                int x = LEFT + i % NAMES_A_ROW * ((WIDTH - LEFT) / NAMES_A_ROW);
                svg.append(text(x, HEIGHT + 8 + i / NAMES_A_ROW * ROW, "start", colour(i), curve.name()));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private Range range() {
        List<Curve.Point> all = new ArrayList<>();
        curves.forEach(curve -> all.addAll(curve.points()));
        double first = all.stream().mapToDouble(Curve.Point::at).min().orElseThrow();
        double last = all.stream().mapToDouble(Curve.Point::at).max().orElseThrow();
        double low = all.stream()
                .mapToDouble(p -> scaled(p.value() - p.spread()))
                .min()
                .orElseThrow();
        double high = all.stream()
                .mapToDouble(p -> scaled(p.value() + p.spread()))
                .max()
                .orElseThrow();
        double margin = Math.max((high - low) * 0.05, 1e-6);
        return new Range(first, Math.max(last, first + 1), low - margin, high + margin);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private static double x(double at, Range range) {
        return LEFT + (at - range.first) / (range.last - range.first) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double scaled, Range range) {
        return HEIGHT - BOTTOM - (scaled - range.low) / (range.high - range.low) * (HEIGHT - TOP - BOTTOM);
    }

    private void grid(StringBuilder svg, Range range, double scaled) {
        double y = y(scaled, range);
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d7de\"/>%n",
                LEFT,
                WIDTH - RIGHT,
                y,
                y));
        String label = Curve.number(logarithmic ? Math.pow(10, scaled) : scaled);
        svg.append(text(LEFT - 6, (int) Math.round(y) + 4, "end", AXIS, label));
    }

    private static String text(int x, int y, String anchor, String colour, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"%s\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                colour,
                anchor,
                Html.escaped(text));
    }

    private static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    /** What lies within the spread, pale. */
    private String band(Curve curve, Range range, String colour) {
        if (curve.points().stream().allMatch(point -> point.spread() == 0)) {
            return "";
        }
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            points.append(corner(point.at(), point.value() + point.spread(), range));
        }
        for (Curve.Point point : curve.points().reversed()) {
            points.append(corner(point.at(), point.value() - point.spread(), range));
        }
        return "<polygon fill-opacity=\"0.15\" stroke=\"none\" fill=\"" + colour + "\" points=\""
                + points.toString().strip() + "\"/>\n";
    }

    private String corner(double at, double value, Range range) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x(at, range), y(scaled(value), range));
    }

    private String line(Curve curve, Range range, String colour) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            points.append(corner(point.at(), point.value(), range));
        }
        String dashes = curve.level() ? " stroke-dasharray=\"5 4\"" : "";
        return "<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"" + colour + "\"" + dashes + " points=\""
                + points.toString().strip() + "\"/>\n";
    }

    /** The names of the curves in their colours, with their last values. */
    String legend() {
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            legend.append("<span style=\"color:")
                    .append(colour(i))
                    .append("\">")
                    .append(Html.escaped(curve.name()))
                    .append(' ')
                    .append(Curve.number(curve.points().getLast().value()))
                    .append("</span> ");
        }
        return legend.toString();
    }
}
