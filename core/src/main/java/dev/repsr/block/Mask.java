package dev.repsr.block;

import java.util.Arrays;

/** A fixed 3x3 kernel. */
public enum Mask {
    /** Slope along a row (ECBSR). */
    SOBEL_X,
    /** Slope along a column (ECBSR). */
    SOBEL_Y,
    /** Curvature (ECBSR). */
    LAPLACIAN,
    /** Mean of the nine (DBB's average pooling). */
    MEAN;

    /** Whether factor and bias of each channel are trained; else they are 1 and 0. */
    public boolean learned() {
        return this != MEAN;
    }

    /** The nine taps, row by row. */
    public double[] taps() {
        return switch (this) {
            case SOBEL_X -> new double[] {1, 0, -1, 2, 0, -2, 1, 0, -1};
            case SOBEL_Y -> new double[] {1, 2, 1, 0, 0, 0, -1, -2, -1};
            case LAPLACIAN -> new double[] {0, 1, 0, 1, -4, 1, 0, 1, 0};
            case MEAN -> {
                double[] taps = new double[9];
                Arrays.fill(taps, 1 / 9.0);
                yield taps;
            }
        };
    }
}
