package dev.repsr.engine.vector;

/**
 * The inner loops for one vector width. Rows are pixels of interleaved channels; pixel 0 of a row is the zero pixel left
 * of the picture, so that the three taps of a row are {@code 3 * inStride} contiguous floats.
 *
 * <p>Each kernel keeps its sums in local variables, and its loop body is as small as it can be: C2 keeps them in registers
 * only then. A species must be a constant of the class that uses it, hence one class a width.
 */
sealed interface Kernels permits Kernels128, Kernels256, Kernels512 {

    /** Most pixels that a tile of any width computes. */
    int MAX_PIXELS = 24;

    /** Floats in a vector. */
    int lanes();

    /** Most vectors of output channels in a tile. */
    int maxVectors();

    /** Pixels in a tile of {@code vectors} vectors of output channels. */
    int pixels(int vectors);

    /**
     * Computes the tile of pixels {@code x} to {@code x + pixels(group.vectors) - 1} for one group of output channels. A pixel's sum is
     * bias, then row above, row, row below, each from left to right and by input channel, one fused multiply-add a
     * weight: the same whichever tile a pixel falls into.
     *
     * @param out may be written beyond the group's last channel, to the end of the last vector
     */
    void tile(PackedConv.Group group, float[] above, float[] row, float[] below, int x, float[] out);

    /**
     * Writes one row of the enlarged picture: {@code run} floats a pixel, taken from {@code conv} at
     * {@code at + x * stride} and added to those of {@code nearest}. Writes up to a vector beyond the end.
     */
    void addRuns(float[] conv, int at, int stride, float[] nearest, int run, int width, float[] out);
}
