package dev.repsr.train.vector;

import dev.repsr.train.fold.Matrices;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link Matrices} in vectors, four rows by two vectors at a time. Constant: floats in a vector. */
final class VectorMatrices implements Matrices {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final VectorSpecies<Float> S = Width.species(LANES);
    private static final int ROWS = 4;

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
        int j = 0;
        for (; j + 2 * LANES <= columns; j += 2 * LANES) {
            int r = 0;
            for (; r + ROWS <= rows; r += ROWS) {
                four(a, aAt + r * aRow, aRow, aStep, b, bAt + j, bRow, c, cAt + r * cRow + j, cRow, depth, add);
            }
            for (; r < rows; r++) {
                int to = cAt + r * cRow + j;
                one(a, aAt + r * aRow, aStep, b, bAt + j, bRow, c, to, depth, LANES, add);
                one(a, aAt + r * aRow, aStep, b, bAt + j + LANES, bRow, c, to + LANES, depth, LANES, add);
            }
        }
        for (; j < columns; j += LANES) {
            int lanes = Math.min(LANES, columns - j);
            for (int r = 0; r < rows; r++) {
                one(a, aAt + r * aRow, aStep, b, bAt + j, bRow, c, cAt + r * cRow + j, depth, lanes, add);
            }
        }
    }

    private static void four(
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
            int depth,
            boolean add) {
        FloatVector s0 = start(c, cAt, add);
        FloatVector t0 = start(c, cAt + LANES, add);
        FloatVector s1 = start(c, cAt + cRow, add);
        FloatVector t1 = start(c, cAt + cRow + LANES, add);
        FloatVector s2 = start(c, cAt + 2 * cRow, add);
        FloatVector t2 = start(c, cAt + 2 * cRow + LANES, add);
        FloatVector s3 = start(c, cAt + 3 * cRow, add);
        FloatVector t3 = start(c, cAt + 3 * cRow + LANES, add);
        for (int k = 0; k < depth; k++) {
            int i = aAt + k * aStep;
            FloatVector v = FloatVector.fromArray(S, b, bAt + k * bRow);
            FloatVector w = FloatVector.fromArray(S, b, bAt + k * bRow + LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0 = x0.fma(v, s0);
            t0 = x0.fma(w, t0);
            FloatVector x1 = FloatVector.broadcast(S, a[i + aRow]);
            s1 = x1.fma(v, s1);
            t1 = x1.fma(w, t1);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * aRow]);
            s2 = x2.fma(v, s2);
            t2 = x2.fma(w, t2);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * aRow]);
            s3 = x3.fma(v, s3);
            t3 = x3.fma(w, t3);
        }
        s0.intoArray(c, cAt);
        t0.intoArray(c, cAt + LANES);
        s1.intoArray(c, cAt + cRow);
        t1.intoArray(c, cAt + cRow + LANES);
        s2.intoArray(c, cAt + 2 * cRow);
        t2.intoArray(c, cAt + 2 * cRow + LANES);
        s3.intoArray(c, cAt + 3 * cRow);
        t3.intoArray(c, cAt + 3 * cRow + LANES);
    }

    private static FloatVector start(float[] c, int at, boolean add) {
        return add ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
    }

    private static void one(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int depth,
            int lanes,
            boolean add) {
        VectorMask<Float> mask = S.indexInRange(0, lanes);
        FloatVector sum = add ? FloatVector.fromArray(S, c, cAt, mask) : FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            FloatVector v = FloatVector.fromArray(S, b, bAt + k * bRow, mask);
            sum = FloatVector.broadcast(S, a[aAt + k * aStep]).fma(v, sum);
        }
        sum.intoArray(c, cAt, mask);
    }
}
