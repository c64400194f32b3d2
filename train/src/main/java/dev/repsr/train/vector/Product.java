package dev.repsr.train.vector;

/** c[row][column] = sum over k of a[row, k] b[k][column], or that added to c; each sum begins with k = 0. */
interface Product {
    /**
     * Computes it.
     *
     * @param rows a multiple of four
     */
    void run(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int depth);
}
