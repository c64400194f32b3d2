package dev.repsr.check;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Where pictures for tests are painted, in pixels; edges are soft where each pixel is painted as several dots. */
final class Canvas {
    private static final int GLYPH_WIDTH = 5;
    private static final int GLYPH_HEIGHT = 7;

    private final int width;
    private final int height;

    /** Dots of a pixel along each side. */
    private final int dots;

    private final Ink[] inks;

    Canvas(int width, int height, int dots) {
        this.width = width;
        this.height = height;
        this.dots = dots;
        this.inks = new Ink[width * height * dots * dots];
        Arrays.fill(inks, Ink.BLACK);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Whether a place belongs to a shape. */
    @FunctionalInterface
    private interface Shape {
        boolean has(double x, double y);
    }

    /** What becomes of a pixel. */
    @FunctionalInterface
    interface Repaint {
        Ink at(int x, int y, Ink ink);
    }

    void fill(Paint paint) {
        box(0, 0, width, height, paint);
    }

    void box(double left, double top, double right, double bottom, Paint paint) {
        paint(left, top, right, bottom, (x, y) -> x >= left && x < right && y >= top && y < bottom, paint);
    }

    void disc(double middleX, double middleY, double radius, Paint paint) {
        double r = Math.max(0, radius);
        paint(
                middleX - r,
                middleY - r,
                middleX + r,
                middleY + r,
                (x, y) -> (x - middleX) * (x - middleX) + (y - middleY) * (y - middleY) < r * r,
                paint);
    }

    void line(double x1, double y1, double x2, double y2, double halfWidth, Ink ink) {
        double length = Math.max(1e-9, (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        paint(
                Math.min(x1, x2) - halfWidth,
                Math.min(y1, y2) - halfWidth,
                Math.max(x1, x2) + halfWidth,
                Math.max(y1, y2) + halfWidth,
                (x, y) -> {
                    double along = Math.clamp(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length, 0, 1);
                    double dx = x - x1 - along * (x2 - x1);
                    double dy = y - y1 - along * (y2 - y1);
                    return dx * dx + dy * dy <= halfWidth * halfWidth;
                },
                Paint.flat(ink));
    }

    void curve(double left, double right, DoubleUnaryOperator height, Ink ink) {
        for (double x = left; x + 2 < right; x += 2) {
            line(x, height.applyAsDouble(x), x + 2, height.applyAsDouble(x + 2), 0.7, ink);
        }
    }

    /** A word of letters that nobody knows. */
    void text(int left, int top, int size, Ink ink, SplittableRandom random) {
        int letters = random.nextInt(3, 7);
        for (int i = 0; i < letters; i++) {
            boolean[] glyph = new boolean[GLYPH_WIDTH * GLYPH_HEIGHT];
            for (int k = 0; k < glyph.length; k++) {
                boolean stem = k % GLYPH_WIDTH == 0 || k / GLYPH_WIDTH % 3 == 0;
                glyph[k] = random.nextInt(10) < (stem ? 8 : 1);
            }
            int x0 = left + i * (GLYPH_WIDTH + 1) * size;
            paint(
                    x0,
                    top,
                    x0 + GLYPH_WIDTH * size,
                    top + GLYPH_HEIGHT * size,
                    (x, y) -> {
                        int u = Math.floorDiv((int) Math.floor(x) - x0, size);
                        int v = Math.floorDiv((int) Math.floor(y) - top, size);
                        return u >= 0 && u < GLYPH_WIDTH && v >= 0 && v < GLYPH_HEIGHT && glyph[v * GLYPH_WIDTH + u];
                    },
                    Paint.flat(ink));
        }
    }

    /** Paints the dots of a shape, which lies within these bounds. */
    private void paint(double left, double top, double right, double bottom, Shape shape, Paint paint) {
        int endX = (int) Math.min(width * dots, Math.ceil(right * dots));
        int endY = (int) Math.min(height * dots, Math.ceil(bottom * dots));
        for (int j = (int) Math.max(0, Math.floor(top * dots)); j < endY; j++) {
            for (int i = (int) Math.max(0, Math.floor(left * dots)); i < endX; i++) {
                double x = (i + 0.5) / dots;
                double y = (j + 0.5) / dots;
                if (shape.has(x, y)) {
                    inks[j * width * dots + i] = paint.at(x, y);
                }
            }
        }
    }

    /** Paints each pixel as a whole. */
    void pixels(Paint paint) {
        repaint((x, y, ink) -> paint.at(x, y));
    }

    /** Paints each pixel as a whole, by what it was. */
    void repaint(Repaint repaint) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Ink ink = repaint.at(x, y, mean(x, y));
                for (int k = 0; k < dots * dots; k++) {
                    inks[(y * dots + k / dots) * width * dots + x * dots + k % dots] = ink;
                }
            }
        }
    }

    /** Adds Gaussian noise to each pixel. */
    void grain(double sigma, SplittableRandom random) {
        repaint((x, y, ink) ->
                ink.plus(sigma * random.nextGaussian(), sigma * random.nextGaussian(), sigma * random.nextGaussian()));
    }

    private Ink mean(int x, int y) {
        Ink sum = Ink.BLACK;
        for (int k = 0; k < dots * dots; k++) {
            Ink ink = inks[(y * dots + k / dots) * width * dots + x * dots + k % dots];
            sum = sum.plus(level(ink.red()), level(ink.green()), level(ink.blue()));
        }
        double share = 1.0 / (dots * dots);
        return Ink.of(sum.red() * share, sum.green() * share, sum.blue() * share);
    }

    private static double level(double value) {
        return Math.clamp(value, 0, 255);
    }

    /** The samples: of one channel the green alone, of four with an alpha that goes from full to nothing. */
    byte[] samples(int channels) {
        byte[] samples = new byte[width * height * channels];
        for (int i = 0; i < width * height; i++) {
            Ink ink = mean(i % width, i / width);
            double[] values = {ink.red(), ink.green(), ink.blue(), 400 - 400.0 * (i % width) / width};
            for (int c = 0; c < channels; c++) {
                double value = channels == 1 ? values[1] : values[c];
                samples[i * channels + c] = (byte) Math.round(level(value));
            }
        }
        return samples;
    }
}
