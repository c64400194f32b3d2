package dev.repsr.metric;

import dev.repsr.image.Picture;

/**
 * Structural similarity (Wang et al. 2004): Gaussian window of 11 x 11 with sigma 1.5, K1 = 0.01, K2 = 0.03, L = 255,
 * mean over the positions where the whole window lies inside.
 */
public final class Ssim {
    /** Side of the window: the smallest width and height, after the border is cut, that can be compared. */
    public static final int WINDOW = 11;

    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);
    private static final double[] GAUSSIAN = gaussian();

    private Ssim() {}

    /**
     * SSIM of {@link Luma Y}.
     *
     * @param border pixels cut off on each side before the comparison
     * @return at most 1, which equal pictures have
     * @throws IllegalArgumentException if the sizes differ or less than the window is left
     */
    public static double y(Picture a, Picture b, int border) {
        ComparedArea area = area(a, b, border);
        return mean(area, Luma.y(a), Luma.y(b));
    }

    /** Mean SSIM of red, green and blue; otherwise as {@link #y}. */
    public static double rgb(Picture a, Picture b, int border) {
        ComparedArea area = area(a, b, border);
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += mean(area, Luma.channel(a, c), Luma.channel(b, c));
        }
        return sum / 3;
    }

    private static ComparedArea area(Picture a, Picture b, int border) {
        ComparedArea area = ComparedArea.of(a, b, border);
        if (area.width() < WINDOW || area.height() < WINDOW) {
            throw new IllegalArgumentException("SSIM needs at least " + WINDOW + "x" + WINDOW
                    + " pixels inside the border, and there are " + area.width() + "x" + area.height());
        }
        return area;
    }

    private static double mean(ComparedArea area, double[] a, double[] b) {
        double[] meanA = blur(area, a, a, false);
        double[] meanB = blur(area, b, b, false);
        double[] squareA = blur(area, a, a, true);
        double[] squareB = blur(area, b, b, true);
        double[] product = blur(area, a, b, true);
        double sum = 0;
        for (int i = 0; i < meanA.length; i++) {
            double ab = meanA[i] * meanB[i];
            double aa = meanA[i] * meanA[i];
            double bb = meanB[i] * meanB[i];
            double likeness = (2 * ab + C1) * (2 * (product[i] - ab) + C2);
            sum += likeness / ((aa + bb + C1) * (squareA[i] - aa + (squareB[i] - bb) + C2));
        }
        return sum / meanA.length;
    }

    /** The window's weighted mean of {@code a}, or of {@code a * b}, at every valid position. */
    private static double[] blur(ComparedArea area, double[] a, double[] b, boolean multiply) {
        int outWidth = area.width() - WINDOW + 1;
        int outHeight = area.height() - WINDOW + 1;
        double[] rows = new double[outWidth * area.height()];
        for (int y = 0; y < area.height(); y++) {
            for (int x = 0; x < outWidth; x++) {
                int from = area.index(y) + x;
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    double value = a[from + k];
                    sum += GAUSSIAN[k] * (multiply ? value * b[from + k] : value);
                }
                rows[y * outWidth + x] = sum;
            }
        }
        double[] result = new double[outWidth * outHeight];
        for (int k = 0; k < WINDOW; k++) {
            for (int i = 0; i < result.length; i++) {
                result[i] += GAUSSIAN[k] * rows[i + k * outWidth];
            }
        }
        return result;
    }

    private static double[] gaussian() {
        double[] window = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = i - WINDOW / 2;
            window[i] = Math.exp(-x * x / (2 * 1.5 * 1.5));
            sum += window[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            window[i] /= sum;
        }
        return window;
    }
}
