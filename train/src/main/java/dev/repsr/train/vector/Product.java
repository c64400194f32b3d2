package dev.repsr.train.vector;

/** c[row][column] = sum over k of a[row, k] b[k][column], or that added to c; each sum begins with k = 0. */
interface Product {
    /**
     * Computes it.
     *
     * @param rows a multiple of four, or nine where there is one vector of columns
     */
    void run(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int depth);

    /** Computes it for each plane of frequencies; planes lie so many floats apart, those of {@code c} from ORIGIN on. */
    void run(float[] a, int aAt, int aPlane, float[] b, int bAt, int bPlane, float[] c, int cPlane, int rows);
}
