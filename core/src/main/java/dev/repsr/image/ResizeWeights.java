package dev.repsr.image;

import java.util.Arrays;

/**
 * Which input samples make each output sample of one dimension, and with what weight, as MATLAB's imresize chooses them
 * for its bicubic kernel (Keys 1981, a = -0.5).
 */
final class ResizeWeights {
    /** How far the kernel reaches to each side, before it is widened. */
    static final double RADIUS = 2;

    private final int[][] indices;
    private final double[][] weights;

    private ResizeWeights(int[][] indices, double[][] weights) {
        this.indices = indices;
        this.weights = weights;
    }

    /**
     * Weights for {@code outLength} samples out of {@code inLength}.
     *
     * @param scale output over input; below 1 the kernel is widened by its inverse, which removes what would alias
     */
    static ResizeWeights of(int inLength, int outLength, double scale) {
        double stretch = Math.min(scale, 1);
        double radius = RADIUS / stretch;
        int taps = (int) Math.ceil(2 * radius) + 2;
        int[][] indices = new int[outLength][];
        double[][] weights = new double[outLength][];
        for (int i = 0; i < outLength; i++) {
            double centre = (i + 1) / scale + 0.5 * (1 - 1 / scale);
            long left = (long) Math.floor(centre - radius);
            int[] index = new int[taps];
            double[] weight = new double[taps];
            int used = 0;
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                double value = stretch * cubic(stretch * (centre - (left + k)));
                sum += value;
                if (value != 0) {
                    index[used] = mirror(left + k - 1, inLength);
                    weight[used++] = value;
                }
            }
            for (int k = 0; k < used; k++) {
                weight[k] /= sum;
            }
            indices[i] = Arrays.copyOf(index, used);
            weights[i] = Arrays.copyOf(weight, used);
        }
        return new ResizeWeights(indices, weights);
    }

    private static double cubic(double x) {
        double a = Math.abs(x);
        if (a <= 1) {
            return (1.5 * a - 2.5) * a * a + 1;
        }
        return a <= 2 ? ((-0.5 * a + 2.5) * a - 4) * a + 2 : 0;
    }

    /** The picture is followed by its mirror image, the border sample twice, and so on without end. */
    private static int mirror(long index, int length) {
        int period = (int) Math.floorMod(index, 2L * length);
        return period < length ? period : 2 * length - 1 - period;
    }

    /** Number of output samples. */
    int length() {
        return indices.length;
    }

    /** Input samples of output sample {@code i}. */
    int[] indices(int i) {
        return indices[i];
    }

    /** Weights of those samples; their sum is 1. */
    double[] weights(int i) {
        return weights[i];
    }
}
