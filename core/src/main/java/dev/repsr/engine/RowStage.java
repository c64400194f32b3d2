package dev.repsr.engine;

/** A 3x3 convolution with its PReLU, over rows of a feature map. Immutable, shared by all threads. */
public interface RowStage {

    /** Rows that are computed together. */
    int ROWS = 4;

    /** Floats of a row that it writes, zero padding included. */
    long outFloats(int width);

    /** Lengths in floats of the scratch arrays that a thread needs. */
    long[] scratchFloats(int width);

    /**
     * Computes rows y to y + ROWS - 1. Where a row lies outside the picture, {@code in} has zeros and what is written to
     * {@code out} is thrown away.
     *
     * @param in rows y - 1 to y + ROWS of the map before
     * @param out rows y to y + ROWS - 1, no two of them inside the picture the same; zero padding is written as well
     * @param scratch arrays of at least the lengths that {@link #scratchFloats} asks for; overwritten
     */
    void compute(float[][] in, float[][] out, int width, float[][] scratch);
}
