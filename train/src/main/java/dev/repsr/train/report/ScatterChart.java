package dev.repsr.train.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Named points as SVG, with equal ratios at equal distances to the right.
 *
 * @param title above the chart
 * @param across what is to the right, positive
 * @param up what is upwards
 */
public record ScatterChart(String title, String across, String up, List<Dot> dots) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 56;
    private static final int TOP = 24;
    private static final int RIGHT = 120;
    private static final int BOTTOM = 44;
    private static final int LINES = 4;

    /**
     * A point.
     *
     * @param own whether it is one of those that the chart is about
     */
    public record Dot(String name, double across, double up, boolean own) {}

    /** Keeps a copy; at least one. */
    public ScatterChart {
        dots = List.copyOf(dots);
    }

    private record Range(double low, double high) {
        static Range of(List<Dot> dots, ToDoubleFunction<Dot> value) {
            double low = dots.stream().mapToDouble(value).min().orElseThrow();
            double high = dots.stream().mapToDouble(value).max().orElseThrow();
            double margin = Math.max((high - low) * 0.08, 1e-6);
            return new Range(low - margin, high + margin);
        }

        double at(double share) {
            return low + (high - low) * share;
        }

        double share(double value) {
            return (value - low) / (high - low);
        }
    }

    /** The chart as an element svg. */
    public String toSvg() {
        Range right = Range.of(dots, dot -> Math.log10(dot.across));
        Range upwards = Range.of(dots, Dot::up);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" role=\"img\""
                        + " aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escaped(title)));
        for (int i = 0; i <= LINES; i++) {
            double share = (double) i / LINES;
            double y = y(share);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d7de\"/>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y,
                    y));
            svg.append(text(LEFT - 6, y + 4, "end", "#57606a", Curve.number(upwards.at(share))));
            String label = Curve.number(Math.pow(10, right.at(share)));
            svg.append(text(x(share), HEIGHT - BOTTOM + 16.0, "middle", "#57606a", label));
        }
        svg.append(text(LEFT, 14, "start", "#57606a", up));
        svg.append(text(WIDTH - RIGHT, HEIGHT - 8.0, "end", "#57606a", across));
        for (Dot dot : dots) {
            double x = x(right.share(Math.log10(dot.across)));
            double y = y(upwards.share(dot.up));
            String colour = dot.own ? "#1f6feb" : "#d1242f";
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n", x, y, colour));
            svg.append(text(x + 7, y + 4, "start", colour, dot.name));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String text(double x, double y, String anchor, String colour, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" fill=\"%s\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                colour,
                anchor,
                Html.escaped(text));
    }
}
