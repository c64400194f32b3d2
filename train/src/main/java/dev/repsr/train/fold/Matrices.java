package dev.repsr.train.fold;

/**
 * Products of float matrices that are parts of arrays. Each element of a product is one chain of fused multiply-adds in
 * ascending order of the inner index, so that all implementations give the same bits. Safe for several threads.
 */
public interface Matrices {

    /**
     * {@code c[r][j] (+)= sum over k of a[r][k] * b[k][j]}, where a[r][k] is {@code a[aAt + r * aRow + k * aStep]}, b[k][j] is
     * {@code b[bAt + k * bRow + j]} and c[r][j] is {@code c[cAt + r * cRow + j]}. With {@code aRow} and {@code aStep} exchanged it
     * takes the transpose of a matrix. The places of c may not be among those of a and b.
     *
     * @param rows of a and c, may be 0
     * @param columns of b and c, may be 0
     * @param depth columns of a and rows of b, may be 0
     * @param add whether the chain begins with what is in c rather than with 0
     */
    void multiply(
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow,
            int rows,
            int columns,
            int depth,
            boolean add);
}
