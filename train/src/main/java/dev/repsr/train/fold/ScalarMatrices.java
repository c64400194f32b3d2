package dev.repsr.train.fold;

import java.util.Arrays;

/**
 * The specification of {@link Matrices}. Rows of b and the row of c at work lie in arrays of their own, with one index for all:
 * only then does HotSpot make vectors of the inner loop (27 instead of 5 GFLOP/s), since rows of whatever arrays could overlap.
 */
public final class ScalarMatrices implements Matrices {

    @Override
    public void multiply(
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
            boolean add) {
        float[][] bRows = new float[depth][];
        for (int k = 0; k < depth; k++) {
            int from = bAt + k * bRow;
            bRows[k] = Arrays.copyOfRange(b, from, from + columns);
        }
        float[] sums = new float[columns];
        for (int r = 0; r < rows; r++) {
            int to = cAt + r * cRow;
            if (add) {
                System.arraycopy(c, to, sums, 0, columns);
            } else {
                Arrays.fill(sums, 0);
            }
            for (int k = 0; k < depth; k++) {
                addScaled(a[aAt + r * aRow + k * aStep], bRows[k], sums);
            }
            System.arraycopy(sums, 0, c, to, columns);
        }
    }

    private static void addScaled(float factor, float[] row, float[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] = Math.fma(factor, row[j], sums[j]);
        }
    }
}
