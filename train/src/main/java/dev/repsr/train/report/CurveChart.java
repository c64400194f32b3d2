package dev.repsr.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves over iterations as SVG.
 *
 * @param title above the chart
 * @param curves each with one point at least
 * @param logarithmic whether equal ratios are equal distances; all values are positive then
 */
public record CurveChart(String title, List<Curve> curves, boolean logarithmic) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int TOP = 12;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 28;
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#bf3989", "#57606a");

    /** Keeps those that have points. */
    public CurveChart {
        curves = curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return curves.isEmpty();
    }

    /** Bounds of both axes. */
    private record Range(double first, double last, double low, double high) {}

    String toSvg() {
        Range range = range();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escaped(title)));
        for (int i = 0; i <= 4; i++) {
            grid(svg, range, range.low + (range.high - range.low) * i / 4);
        }
        svg.append(text(LEFT, HEIGHT - 8, "start", Long.toString(Math.round(range.first))));
        svg.append(text(WIDTH - RIGHT, HEIGHT - 8, "end", Math.round(range.last) + " iterations"));
        int colour = 0;
        for (Curve curve : curves) {
            svg.append(line(curve, range, COLOURS.get(colour++ % COLOURS.size())));
        }
        return svg.append("</svg>\n").toString();
    }

    private Range range() {
        List<Curve.Point> all = new ArrayList<>();
        curves.forEach(curve -> all.addAll(curve.points()));
        double first = all.stream().mapToLong(Curve.Point::iteration).min().orElseThrow();
        double last = all.stream().mapToLong(Curve.Point::iteration).max().orElseThrow();
        double low = all.stream().mapToDouble(p -> scaled(p.value())).min().orElseThrow();
        double high = all.stream().mapToDouble(p -> scaled(p.value())).max().orElseThrow();
        double margin = Math.max((high - low) * 0.05, 1e-6);
        return new Range(first, Math.max(last, first + 1), low - margin, high + margin);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private static double x(double iteration, Range range) {
        return LEFT + (iteration - range.first) / (range.last - range.first) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double scaled, Range range) {
        return HEIGHT - BOTTOM - (scaled - range.low) / (range.high - range.low) * (HEIGHT - TOP - BOTTOM);
    }

    private void grid(StringBuilder svg, Range range, double scaled) {
        double y = y(scaled, range);
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>%n",
                LEFT,
                WIDTH - RIGHT,
                y,
                y));
        String label = Curve.number(logarithmic ? Math.pow(10, scaled) : scaled);
        svg.append(text(LEFT - 6, (int) Math.round(y) + 4, "end", label));
    }

    private static String text(int x, int y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                Html.escaped(text));
    }

    private String line(Curve curve, Range range, String colour) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x((double) point.iteration(), range), y(scaled(point.value()), range)));
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
                    .append(COLOURS.get(i % COLOURS.size()))
                    .append("\">")
                    .append(Html.escaped(curve.name()))
                    .append(' ')
                    .append(Curve.number(curve.points().getLast().value()))
                    .append("</span> ");
        }
        return legend.toString();
    }
}
