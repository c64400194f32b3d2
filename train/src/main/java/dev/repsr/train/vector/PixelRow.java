package dev.repsr.train.vector;

/** What is done with pixels one after the other. */
interface PixelRow {

    /**
     * The PReLU of each.
     *
     * @param slope from ORIGIN on, padded
     */
    void activate(float[] z, int at, float[] slope, int pixels, float[] x, int to);

    /**
     * Adds all to one pixel.
     *
     * @param step floats from pixel to pixel
     */
    void sum(float[] map, int at, int step, int pixels, float[] sum, int to);
}
