package dev.repsr.train.vector;

/**
 * The transforms of Winograd's F(4x4, 5x5) with tiles of 8x8, for maps of one stride: points 0, 1, -1, 2, -2, 1/2, -1/2 and infinity.
 * Frequencies are 64 planes of a pixel a tile. {@code row} is the distance of the rows of a map with a border of two, that of the output
 * has one of one. All arrays begin at ORIGIN.
 */
interface WideTransforms {

    /** B^T x B of all tiles. */
    void input(float[] x, int row, int tiles, float[] lines, float[] u, int plane);

    /** A x A^T of all tiles. */
    void gradient(float[] x, int row, int tiles, float[] lines, float[] v, int plane);

    /** A^T p A. */
    void output(float[] p, int plane, int tiles, float[] lines, float[] out, int row);

    /** G map G^T: from 25 to 64 matrices of {@code step} floats. */
    void map(float[] map, int step, float[] transformed);

    /** G^T m G: from 64 to 25 matrices of {@code step} floats. */
    void sums(float[] m, int step, float[] sums);
}
