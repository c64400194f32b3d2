package dev.repsr.train.vector;

/**
 * The transforms of Winograd's F(4x4, 3x3) for maps of one stride, and their transposes for the way back. Points 0, 1, -1, 2, -2 and
 * infinity (Lavin and Gray, 2016). A patch is {@code tiles * tiles} tiles; its frequencies are 36 planes of a pixel a tile. All arrays
 * begin at ORIGIN, {@code row} is the distance of the rows of maps with a border of one.
 */
interface Transforms {

    /** U = B^T x B of all tiles, x = max(z, 0) + slope min(z, 0). */
    void input(float[] z, int row, float[] slope, int tiles, float[] lines, float[] u, int plane);

    /** The convolution's output A^T P A + bias, without the border. */
    void output(float[] p, int plane, float[] bias, int tiles, float[] lines, float[] out, int row);

    /** V = A dz A^T of all tiles; the sum of dz is added to {@code bias}. */
    void gradient(float[] dz, int row, float[] bias, int tiles, float[] lines, float[] v, int plane);

    /**
     * dx = B P B^T, tiles overlapping by two, and from it dz = dx or slope dx; the sum of dx min(z, 0) is added to
     * {@code slopeGradient}. The border row above is written to.
     *
     * @param extra is added to dx by kernels that were made for it
     * @param carry two rows from a row of tiles to the next
     */
    void inputGradient(
            float[] p,
            int plane,
            float[] extra,
            float[] z,
            int row,
            float[] slope,
            float[] slopeGradient,
            int tiles,
            float[] lines,
            float[] carry,
            float[] dz);
}
