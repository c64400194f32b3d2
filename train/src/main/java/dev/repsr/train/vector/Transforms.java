package dev.repsr.train.vector;

/**
 * The transforms of Winograd's F(4x4, 3x3) for maps of one shape with a border of one, and their transposes for the way back. Points 0,
 * 1, -1, 2, -2 and infinity (Lavin and Gray, 2016). The frequencies of a patch are 36 planes of a pixel a tile,
 * {@link VectorConv#plane} apart. All arrays begin at ORIGIN.
 */
interface Transforms {

    /** U = B^T x B of all tiles, x = max(z, 0) + slope min(z, 0). */
    void input(float[] z, float[] slope, float[] lines, float[] u);

    /** The convolution's output A^T P A + bias, without the border. */
    void output(float[] p, float[] bias, float[] lines, float[] out);

    /** V = A dz A^T of all tiles; the sum of dz is added to {@code bias}. */
    void gradient(float[] dz, float[] bias, float[] lines, float[] v);

    /**
     * dx = B P B^T, tiles overlapping by two, and from it dz = dx or slope dx; the sum of dx min(z, 0) is added to
     * {@code slopeGradient}. The border row above is written to.
     *
     * @param extra is added to dx by kernels that were made for it
     * @param carry two rows from a row of tiles to the next
     */
    void inputGradient(
            float[] p,
            float[] extra,
            float[] z,
            float[] slope,
            float[] slopeGradient,
            float[] lines,
            float[] carry,
            float[] dz);
}
