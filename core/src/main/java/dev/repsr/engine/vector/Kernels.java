package dev.repsr.engine.vector;

import dev.repsr.engine.RowStage;

/**
 * The inner loops for one vector width. Rows are pixels of interleaved channels; pixel 0 of a row is the zero pixel left
 * of the picture, so that the three taps of a row are {@code 3 * inStride} contiguous floats.
 *
 * <p>Each kernel keeps its sums in local variables, and its loop body is as small as it can be: C2 keeps them in registers
 * only then. A species must be a constant of the class that uses it, hence one class a width.
 */
sealed interface Kernels permits Kernels128, Kernels256, Kernels512 {

    /**
     * Index at which all arrays of this package begin. An array's first float lies 16 bytes behind the object's beginning;
     * where objects are aligned to 64 bytes (-XX:ObjectAlignmentInBytes=64), the float at this index is as well, and no
     * vector lies across two cache lines, which takes up to half of the transforms' time.
     */
    int ORIGIN = 12;

    /**
     * Floats from pixel to pixel of a picture. What reads one has a tile of its own, one vector wide: its few taps take less time than
     * finding out where they lie.
     */
    int RGB = 3;

    /** Most vectors in any tile. */
    int MAX_VECTORS = 4;

    /** Most pixels that a tile of any width computes. */
    int MAX_PIXELS = RowStage.LEAST_COLUMNS;

    /**
     * Floats from pixel to pixel of what {@link #products} reads, and the most input channels that it takes: a constant, since it is
     * much faster with a distance that the compiler knows; and an odd number of cache lines, since pixels must not fall on the
     * same few cache sets.
     */
    int PRODUCT_STRIDE = 272;

    /** Floats in a vector. */
    int lanes();

    /** Most vectors of output channels in a tile of pixels that are {@code inStride} floats apart. */
    int maxVectors(int inStride);

    /** Pixels in a tile of {@code vectors} vectors of output channels. */
    int pixels(int vectors);

    /**
     * Multiplies {@code pixels(group.vectors)} pixels with a group's weights. A pixel's sum is bias, then the taps of the
     * row above, the row and the row below, one fused multiply-add a weight: the same
     * whichever tile a pixel falls into.
     *
     * @param at index of the first pixel's first tap; the next pixel's is {@code group.inStride} further
     * @param w index of the first weight
     * @param out may be written to the end of the group's last vector
     * @param to index of the first pixel's first channel; the next pixel's is {@code group.outStride} further
     */
    void tile(Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to);

    /**
     * Applies the PReLU to a row of pixels. A pass of its own: in the tiles its many vector operations would double the
     * time that C2 takes to compile them.
     *
     * @param slope from ORIGIN on, whole vectors; 1 behind the last channel
     * @param channels of a pixel; whole vectors are read and written, so up to a vector behind the row's end
     * @param at index of the first pixel's first channel; the next pixel's is {@code stride} further
     */
    void activate(float[] slope, int channels, float[] row, int at, int stride, int width);

    /**
     * Writes pixels of one row of the enlarged picture, {@code run} floats each, from {@code to} on: taken from {@code conv} at
     * {@code at + x * stride} and added to the colours of a pixel of {@code picture}, from {@code from + 3 * x} on, again and again.
     * Reads up to a vector beyond the end of all, and writes up to a vector beyond the end.
     */
    void addNearest(
            float[] conv, int at, int stride, float[] picture, int from, int run, int pixels, float[] out, int to);

    /**
     * Multiplies the pixels of a row of {@link WinogradConv#POINTS} planes of frequencies with a group's weights. The group's
     * {@code taps} are the input channels, and it writes its pixels without gaps.
     *
     * @param at index of the first pixel's first channel; the next pixel's is PRODUCT_STRIDE further
     * @param inPlane floats from plane to plane of {@code in}
     * @param tiles pixels of a plane; as many as a tile has are written, if they are fewer
     * @param w index of the first weight of the first plane; those of the others follow
     * @param outPlane the same of {@code out}
     */
    void products(Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane);

    /**
     * B^T down the columns of a block: from six rows of {@code floats} floats, from {@code at} on, to six planes of
     * frequencies, {@code plane} floats apart.
     */
    void transformColumns(float[][] in, int at, int floats, float[] out, int to, int plane);

    /**
     * B^T along the rows of one plane, for one vector of channels: tile {@code t} reads six pixels, {@code inStride} floats
     * apart, and writes pixel {@code t} of six planes of frequencies, {@code plane} floats apart, as {@link #products} reads
     * them.
     *
     * @param at index of the first pixel's channels; a tile is four pixels wide
     */
    void transformRows(float[] in, int at, int inStride, int tiles, float[] out, int to, int plane);

    /** A^T from six planes to four, {@code plane} floats apart; {@code floats} is what a plane has in use. */
    void untransformRows(float[] in, int at, int plane, int floats, float[] out, int to);

    /**
     * A^T from pixel {@code t} of six planes, {@code plane} floats apart, to one column of each tile in four rows, for one
     * vector of channels; adds the bias and applies the PReLU.
     *
     * @param inStride floats from pixel to pixel of a plane
     * @param c first channel
     * @param to index of the first tile's channels in each row of {@code out}; a tile is four pixels wide
     * @param outStride floats from pixel to pixel of {@code out}
     */
    void untransformColumns(
            float[] in,
            int at,
            int inStride,
            int plane,
            int tiles,
            float[] bias,
            float[] slope,
            int c,
            float[][] out,
            int to,
            int outStride);

    /** Fused multiply-adds of vectors in a turn of {@link #fmaLoop}. */
    int FMA_PER_TURN = 12;

    /** Does nothing but fused multiply-adds; the result depends on all of them. */
    float fmaLoop(int turns);
}
