package dev.repsr.train.degrade;

import java.util.Arrays;

/**
 * Resizing as photographs meet it: mean of areas, bilinear and bicubic, these two without a filter against aliasing, and
 * bicubic with one.
 */
enum Resample {
    /** Each new pixel is the mean of the area that it covers; reduces, and repeats where it enlarges. */
    AREA,
    /** Two neighbours along each axis. */
    BILINEAR,
    /** Four neighbours along each axis, Keys's kernel with a = -0.75. */
    BICUBIC,
    /** As MATLAB's imresize and the benchmarks do it: Keys's kernel with a = -0.5, widened where it reduces. */
    SMOOTH;

    private static final double A = -0.75;
    private static final double SMOOTH_A = -0.5;

    /** The picture in another size. */
    Planes to(Planes picture, int width, int height) {
        if (width == picture.width() && height == picture.height()) {
            return picture;
        }
        Weights across = weights(picture.width(), width);
        Weights down = weights(picture.height(), height);
        Planes result = Planes.black(width, height);
        float[] narrow = new float[picture.height() * width];
        for (int c = 0; c < Planes.COLOURS; c++) {
            int from = c * picture.width() * picture.height();
            for (int y = 0; y < picture.height(); y++) {
                across.row(picture.values(), from + y * picture.width(), narrow, y * width);
            }
            down.rows(narrow, width, result.values(), c * width * height);
        }
        return result;
    }

    private Weights weights(int from, int to) {
        int taps = switch (this) {
            case AREA -> from / to + 2;
            case BILINEAR -> 2;
            case BICUBIC -> 4;
            case SMOOTH -> 2 + (int) Math.ceil(4 * Math.max(1, (double) from / to));
        };
        Weights weights = new Weights(taps, new int[to * taps], new float[to * taps]);
        double scale = (double) from / to;
        for (int i = 0; i < to; i++) {
            double first = switch (this) {
                case AREA -> Math.floor(i * scale);
                case BILINEAR -> Math.floor((i + 0.5) * scale - 0.5);
                case BICUBIC -> Math.floor((i + 0.5) * scale - 0.5) - 1;
                case SMOOTH -> Math.floor((i + 0.5) * scale - 0.5 - 2 * Math.max(1, scale));
            };
            double total = this == SMOOTH ? total(first, taps, i, scale) : 1;
            for (int k = 0; k < taps; k++) {
                double pixel = first + k;
                weights.index[i * taps + k] = Math.clamp((int) pixel, 0, from - 1);
                weights.weight[i * taps + k] = (float) (weight(pixel, i, scale) / total);
            }
        }
        return weights;
    }

    /** Where a widened kernel is sampled, its values do not add up to 1. */
    private double total(double first, int taps, int target, double scale) {
        double total = 0;
        for (int k = 0; k < taps; k++) {
            total += weight(first + k, target, scale);
        }
        return total;
    }

    private double weight(double pixel, int target, double scale) {
        double distance = Math.abs((target + 0.5) * scale - 0.5 - pixel);
        return switch (this) {
            case AREA ->
                Math.max(0, Math.min(pixel + 1, (target + 1) * scale) - Math.max(pixel, target * scale)) / scale;
            case BILINEAR -> Math.max(0, 1 - distance);
            case BICUBIC -> keys(distance, A);
            case SMOOTH -> keys(distance / Math.max(1, scale), SMOOTH_A);
        };
    }

    private static double keys(double x, double a) {
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }

    /** For each new position the old ones that it is made of. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    private record Weights(int taps, int[] index, float[] weight) {

        void row(float[] from, int offset, float[] to, int target) {
            for (int i = 0; i < index.length / taps; i++) {
                float sum = 0;
                for (int k = i * taps; k < (i + 1) * taps; k++) {
                    sum += weight[k] * from[offset + index[k]];
                }
                to[target + i] = sum;
            }
        }

        void rows(float[] from, int width, float[] to, int target) {
            float[] sum = new float[width];
            for (int i = 0; i < index.length / taps; i++) {
                Arrays.fill(sum, 0);
                for (int k = i * taps; k < (i + 1) * taps; k++) {
                    int row = index[k] * width;
                    for (int x = 0; x < width; x++) {
                        sum[x] += weight[k] * from[row + x];
                    }
                }
                System.arraycopy(sum, 0, to, target + i * width, width);
            }
        }
    }
}
