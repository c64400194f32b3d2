package dev.repsr.train.degrade;

import java.util.Arrays;

/**
 * A blur: square, of odd side, weights with sum 1. The shapes are those of the Real-ESRGAN paper, section 3.
 *
 * @param side odd
 * @param weights row by row
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record BlurKernel(int side, float[] weights) {
    /** Outer rings that together weigh less than this change a picture by a level of 8 bits at most and are cut off. */
    private static final double NEGLIGIBLE = 1.0 / 255;

    /** Weights that are taken in one pass over a row: each pass costs a load and a store of the sums. */
    private static final int TAPS = 4;

    /** How a bell falls with the squared distance, measured in its deviations. */
    private interface Profile {
        double at(double squaredDistance);
    }

    /** Gaussian with deviations along two axes, the first turned by {@code angle} radians. */
    static BlurKernel gaussian(int side, double sigmaX, double sigmaY, double angle) {
        return bell(side, sigmaX, sigmaY, angle, d -> StrictMath.exp(-0.5 * d));
    }

    /** Generalised Gaussian: {@code beta} below 1 is more pointed, above 1 flatter. */
    static BlurKernel generalised(int side, double sigmaX, double sigmaY, double angle, double beta) {
        return bell(side, sigmaX, sigmaY, angle, d -> StrictMath.exp(-0.5 * StrictMath.pow(d, beta)));
    }

    /** Plateau: flat on top the more, the larger {@code beta} is. */
    static BlurKernel plateau(int side, double sigmaX, double sigmaY, double angle, double beta) {
        return bell(side, sigmaX, sigmaY, angle, d -> 1 / (1 + StrictMath.pow(d, beta)));
    }

    private static BlurKernel bell(int side, double sigmaX, double sigmaY, double angle, Profile profile) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] weights = new double[side * side];
        int radius = side / 2;
        for (int y = -radius; y <= radius; y++) {
            for (int x = -radius; x <= radius; x++) {
                double along = (cos * x + sin * y) / sigmaX;
                double across = (cos * y - sin * x) / sigmaY;
                weights[(y + radius) * side + x + radius] = profile.at(along * along + across * across);
            }
        }
        return normalised(side, weights);
    }

    /**
     * The ideal low-pass filter of circular shape, which rings at edges: cutoff * J1(cutoff * r) / (2 pi r), computed for an
     * eighth of the square.
     *
     * @param cutoff in radians a pixel, 0 to pi
     */
    static BlurKernel sinc(int side, double cutoff) {
        double[] weights = new double[side * side];
        int radius = side / 2;
        for (int far = 0; far <= radius; far++) {
            for (int near = 0; near <= far; near++) {
                double r = StrictMath.sqrt(far * far + near * near);
                double weight = r == 0
                        ? cutoff * cutoff / (4 * StrictMath.PI)
                        : cutoff * Bessel.j1(cutoff * r) / (2 * StrictMath.PI * r);
                for (int sign = 0; sign < 4; sign++) {
                    int x = (sign & 1) == 0 ? far : -far;
                    int y = (sign & 2) == 0 ? near : -near;
                    weights[(y + radius) * side + x + radius] = weight;
                    weights[(x + radius) * side + y + radius] = weight;
                }
            }
        }
        return normalised(side, weights);
    }

    private static BlurKernel normalised(int side, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        int inner = side;
        double cut = 0;
        while (inner > 1) {
            cut += ring(weights, side, inner);
            if (cut > NEGLIGIBLE * sum) {
                break;
            }
            inner -= 2;
        }
        int offset = (side - inner) / 2;
        double kept = 0;
        for (int y = 0; y < inner; y++) {
            for (int x = 0; x < inner; x++) {
                kept += weights[(y + offset) * side + x + offset];
            }
        }
        float[] result = new float[inner * inner];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (weights[(i / inner + offset) * side + i % inner + offset] / kept);
        }
        return new BlurKernel(inner, result);
    }

    /** Sum of the amounts on the border of the middle square of {@code inner} pixels. */
    private static double ring(double[] weights, int side, int inner) {
        int first = (side - inner) / 2;
        int last = first + inner - 1;
        double sum = 0;
        for (int i = first; i <= last; i++) {
            sum += Math.abs(weights[first * side + i]) + Math.abs(weights[last * side + i]);
            if (i > first && i < last) {
                sum += Math.abs(weights[i * side + first]) + Math.abs(weights[i * side + last]);
            }
        }
        return sum;
    }

    /** The blurred picture; beyond its borders it is mirrored. */
    Planes apply(Planes picture) {
        int radius = side / 2;
        int width = picture.width();
        int height = picture.height();
        int wide = width + 2 * radius;
        int taps = Math.ceilDiv(side, TAPS) * TAPS;
        float[] padded = new float[side * taps];
        for (int row = 0; row < side; row++) {
            System.arraycopy(weights, row * side, padded, row * taps, side);
        }
        Planes result = Planes.black(width, height);
        float[] mirrored = new float[wide * (height + 2 * radius) + TAPS];
        float[] sum = new float[width];
        for (int c = 0; c < Planes.COLOURS; c++) {
            int plane = c * width * height;
            mirror(picture, plane, radius, mirrored);
            for (int y = 0; y < height; y++) {
                Arrays.fill(sum, 0);
                for (int k = 0; k < padded.length; k += TAPS) {
                    add(mirrored, (y + k / taps) * wide + k % taps, padded, k, sum);
                }
                System.arraycopy(sum, 0, result.values(), plane + y * width, width);
            }
        }
        return result;
    }

    private static void add(float[] from, int offset, float[] weights, int first, float[] sum) {
        float w0 = weights[first];
        float w1 = weights[first + 1];
        float w2 = weights[first + 2];
        float w3 = weights[first + 3];
        for (int x = 0; x < sum.length; x++) {
            int i = offset + x;
            sum[x] += w0 * from[i] + w1 * from[i + 1] + w2 * from[i + 2] + w3 * from[i + 3];
        }
    }

    private static void mirror(Planes picture, int plane, int radius, float[] target) {
        int width = picture.width();
        int wide = width + 2 * radius;
        for (int y = -radius; y < picture.height() + radius; y++) {
            int row = plane + mirrored(y, picture.height()) * width;
            int to = (y + radius) * wide;
            for (int x = -radius; x < width + radius; x++) {
                boolean inside = x >= 0 && x < width;
                target[to + x + radius] = picture.values()[row + (inside ? x : mirrored(x, width))];
            }
        }
    }

    /** Position within 0..length-1, the outermost one not repeated, however far outside it lies. */
    private static int mirrored(int position, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * length - 2;
        int folded = Math.floorMod(position, period);
        return folded < length ? folded : period - folded;
    }
}
