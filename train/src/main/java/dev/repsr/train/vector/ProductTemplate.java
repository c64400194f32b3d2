package dev.repsr.train.vector;

import dev.repsr.train.step.MapShape;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small matrices, with constant distances. Constants: floats in a vector; floats of {@code a} from row to row and from
 * term to term; of {@code b} from term to term; of {@code c} from row to row; columns, a multiple of the vector; 1 if what
 * {@code c} holds is added to; planes and terms of a product of planes, 0 where there is none.
 *
 * <p>The blocks are written out, since sums have to be local variables to stay in registers: 16 to 24 of 32 with 512 bits, 8 to 12 of 16
 * with less.
 */
final class ProductTemplate implements Product {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final int A_ROW = Templates.constant(MethodHandles.lookup(), 1);
    private static final int A_STEP = Templates.constant(MethodHandles.lookup(), 2);
    private static final int B_ROW = Templates.constant(MethodHandles.lookup(), 3);
    private static final int C_ROW = Templates.constant(MethodHandles.lookup(), 4);
    private static final int COLUMNS = Templates.constant(MethodHandles.lookup(), 5);
    private static final boolean ADDS = Templates.constant(MethodHandles.lookup(), 6) == 1;
    private static final int POINTS = Templates.constant(MethodHandles.lookup(), 7);
    private static final int DEPTH = Templates.constant(MethodHandles.lookup(), 8);
    private static final VectorSpecies<Float> S = Width.species(LANES);
    private static final boolean MANY_REGISTERS = LANES == 16;
    private static final int MOST_VECTORS = MANY_REGISTERS ? 4 : 3;

    @Override
    public void run(float[] a, int aAt, int aPlane, float[] b, int bAt, int bPlane, float[] c, int cPlane, int rows) {
        for (int point = 0; point < POINTS; point++) {
            int to = MapShape.ORIGIN + point * cPlane;
            run(a, aAt + point * aPlane, b, bAt + point * bPlane, c, to, rows, DEPTH);
        }
    }

    @Override
    public void run(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rows, int depth) {
        for (int j = 0; j < COLUMNS; ) {
            int vectors = Math.min(MOST_VECTORS, (COLUMNS - j) / LANES);
            switch (vectors) {
                case 1 -> one(a, aAt, b, bAt + j, c, cAt + j, rows, depth);
                case 2 -> two(a, aAt, b, bAt + j, c, cAt + j, rows, depth);
                case 3 -> three(a, aAt, b, bAt + j, c, cAt + j, rows, depth);
                default -> four(a, aAt, b, bAt + j, c, cAt + j, rows, depth);
            }
            j += vectors * LANES;
        }
    }

    private static void one(float[] a, int at, float[] b, int bt, float[] c, int ct, int rows, int depth) {
        int r = 0;
        for (; MANY_REGISTERS && r + 16 <= rows; r += 16) {
            block16x1(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
        if (r + 9 == rows) {
            block9x1(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
            return;
        }
        for (; r < rows; r += 4) {
            block4x1(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
    }

    private static void two(float[] a, int at, float[] b, int bt, float[] c, int ct, int rows, int depth) {
        int r = 0;
        for (; MANY_REGISTERS && r + 8 <= rows; r += 8) {
            block8x2(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
        for (; r < rows; r += 4) {
            block4x2(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
    }

    private static void three(float[] a, int at, float[] b, int bt, float[] c, int ct, int rows, int depth) {
        int r = 0;
        for (; MANY_REGISTERS && r + 8 <= rows; r += 8) {
            block8x3(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
        for (; r < rows; r += 4) {
            block4x3(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
    }

    private static void four(float[] a, int at, float[] b, int bt, float[] c, int ct, int rows, int depth) {
        int r = 0;
        for (; r < rows; r += 4) {
            block4x4(a, at + r * A_ROW, b, bt, c, ct + r * C_ROW, depth);
        }
    }

    /** Constant where it can be: C2 then unrolls the loops better, by a fifth at 48 columns. */
    private static int terms(int depth) {
        return DEPTH > 0 ? DEPTH : depth;
    }

    private static FloatVector start(float[] c, int at) {
        return ADDS ? FloatVector.fromArray(S, c, at) : FloatVector.zero(S);
    }

    private static void block16x1(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s4a = start(c, ct + 4 * C_ROW);
        FloatVector s5a = start(c, ct + 5 * C_ROW);
        FloatVector s6a = start(c, ct + 6 * C_ROW);
        FloatVector s7a = start(c, ct + 7 * C_ROW);
        FloatVector s8a = start(c, ct + 8 * C_ROW);
        FloatVector s9a = start(c, ct + 9 * C_ROW);
        FloatVector s10a = start(c, ct + 10 * C_ROW);
        FloatVector s11a = start(c, ct + 11 * C_ROW);
        FloatVector s12a = start(c, ct + 12 * C_ROW);
        FloatVector s13a = start(c, ct + 13 * C_ROW);
        FloatVector s14a = start(c, ct + 14 * C_ROW);
        FloatVector s15a = start(c, ct + 15 * C_ROW);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            s0a = FloatVector.broadcast(S, a[i]).fma(wa, s0a);
            s1a = FloatVector.broadcast(S, a[i + A_ROW]).fma(wa, s1a);
            s2a = FloatVector.broadcast(S, a[i + 2 * A_ROW]).fma(wa, s2a);
            s3a = FloatVector.broadcast(S, a[i + 3 * A_ROW]).fma(wa, s3a);
            s4a = FloatVector.broadcast(S, a[i + 4 * A_ROW]).fma(wa, s4a);
            s5a = FloatVector.broadcast(S, a[i + 5 * A_ROW]).fma(wa, s5a);
            s6a = FloatVector.broadcast(S, a[i + 6 * A_ROW]).fma(wa, s6a);
            s7a = FloatVector.broadcast(S, a[i + 7 * A_ROW]).fma(wa, s7a);
            s8a = FloatVector.broadcast(S, a[i + 8 * A_ROW]).fma(wa, s8a);
            s9a = FloatVector.broadcast(S, a[i + 9 * A_ROW]).fma(wa, s9a);
            s10a = FloatVector.broadcast(S, a[i + 10 * A_ROW]).fma(wa, s10a);
            s11a = FloatVector.broadcast(S, a[i + 11 * A_ROW]).fma(wa, s11a);
            s12a = FloatVector.broadcast(S, a[i + 12 * A_ROW]).fma(wa, s12a);
            s13a = FloatVector.broadcast(S, a[i + 13 * A_ROW]).fma(wa, s13a);
            s14a = FloatVector.broadcast(S, a[i + 14 * A_ROW]).fma(wa, s14a);
            s15a = FloatVector.broadcast(S, a[i + 15 * A_ROW]).fma(wa, s15a);
        }
        s0a.intoArray(c, ct);
        s1a.intoArray(c, ct + C_ROW);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s4a.intoArray(c, ct + 4 * C_ROW);
        s5a.intoArray(c, ct + 5 * C_ROW);
        s6a.intoArray(c, ct + 6 * C_ROW);
        s7a.intoArray(c, ct + 7 * C_ROW);
        s8a.intoArray(c, ct + 8 * C_ROW);
        s9a.intoArray(c, ct + 9 * C_ROW);
        s10a.intoArray(c, ct + 10 * C_ROW);
        s11a.intoArray(c, ct + 11 * C_ROW);
        s12a.intoArray(c, ct + 12 * C_ROW);
        s13a.intoArray(c, ct + 13 * C_ROW);
        s14a.intoArray(c, ct + 14 * C_ROW);
        s15a.intoArray(c, ct + 15 * C_ROW);
    }

    private static void block9x1(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s4a = start(c, ct + 4 * C_ROW);
        FloatVector s5a = start(c, ct + 5 * C_ROW);
        FloatVector s6a = start(c, ct + 6 * C_ROW);
        FloatVector s7a = start(c, ct + 7 * C_ROW);
        FloatVector s8a = start(c, ct + 8 * C_ROW);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            s0a = FloatVector.broadcast(S, a[i]).fma(wa, s0a);
            s1a = FloatVector.broadcast(S, a[i + A_ROW]).fma(wa, s1a);
            s2a = FloatVector.broadcast(S, a[i + 2 * A_ROW]).fma(wa, s2a);
            s3a = FloatVector.broadcast(S, a[i + 3 * A_ROW]).fma(wa, s3a);
            s4a = FloatVector.broadcast(S, a[i + 4 * A_ROW]).fma(wa, s4a);
            s5a = FloatVector.broadcast(S, a[i + 5 * A_ROW]).fma(wa, s5a);
            s6a = FloatVector.broadcast(S, a[i + 6 * A_ROW]).fma(wa, s6a);
            s7a = FloatVector.broadcast(S, a[i + 7 * A_ROW]).fma(wa, s7a);
            s8a = FloatVector.broadcast(S, a[i + 8 * A_ROW]).fma(wa, s8a);
        }
        s0a.intoArray(c, ct);
        s1a.intoArray(c, ct + C_ROW);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s4a.intoArray(c, ct + 4 * C_ROW);
        s5a.intoArray(c, ct + 5 * C_ROW);
        s6a.intoArray(c, ct + 6 * C_ROW);
        s7a.intoArray(c, ct + 7 * C_ROW);
        s8a.intoArray(c, ct + 8 * C_ROW);
    }

    private static void block4x1(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            s0a = FloatVector.broadcast(S, a[i]).fma(wa, s0a);
            s1a = FloatVector.broadcast(S, a[i + A_ROW]).fma(wa, s1a);
            s2a = FloatVector.broadcast(S, a[i + 2 * A_ROW]).fma(wa, s2a);
            s3a = FloatVector.broadcast(S, a[i + 3 * A_ROW]).fma(wa, s3a);
        }
        s0a.intoArray(c, ct);
        s1a.intoArray(c, ct + C_ROW);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s3a.intoArray(c, ct + 3 * C_ROW);
    }

    private static void block8x2(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s0b = start(c, ct + LANES);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s1b = start(c, ct + C_ROW + LANES);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s2b = start(c, ct + 2 * C_ROW + LANES);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s3b = start(c, ct + 3 * C_ROW + LANES);
        FloatVector s4a = start(c, ct + 4 * C_ROW);
        FloatVector s4b = start(c, ct + 4 * C_ROW + LANES);
        FloatVector s5a = start(c, ct + 5 * C_ROW);
        FloatVector s5b = start(c, ct + 5 * C_ROW + LANES);
        FloatVector s6a = start(c, ct + 6 * C_ROW);
        FloatVector s6b = start(c, ct + 6 * C_ROW + LANES);
        FloatVector s7a = start(c, ct + 7 * C_ROW);
        FloatVector s7b = start(c, ct + 7 * C_ROW + LANES);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            FloatVector wb = FloatVector.fromArray(S, b, j + LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0a = x0.fma(wa, s0a);
            s0b = x0.fma(wb, s0b);
            FloatVector x1 = FloatVector.broadcast(S, a[i + A_ROW]);
            s1a = x1.fma(wa, s1a);
            s1b = x1.fma(wb, s1b);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * A_ROW]);
            s2a = x2.fma(wa, s2a);
            s2b = x2.fma(wb, s2b);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * A_ROW]);
            s3a = x3.fma(wa, s3a);
            s3b = x3.fma(wb, s3b);
            FloatVector x4 = FloatVector.broadcast(S, a[i + 4 * A_ROW]);
            s4a = x4.fma(wa, s4a);
            s4b = x4.fma(wb, s4b);
            FloatVector x5 = FloatVector.broadcast(S, a[i + 5 * A_ROW]);
            s5a = x5.fma(wa, s5a);
            s5b = x5.fma(wb, s5b);
            FloatVector x6 = FloatVector.broadcast(S, a[i + 6 * A_ROW]);
            s6a = x6.fma(wa, s6a);
            s6b = x6.fma(wb, s6b);
            FloatVector x7 = FloatVector.broadcast(S, a[i + 7 * A_ROW]);
            s7a = x7.fma(wa, s7a);
            s7b = x7.fma(wb, s7b);
        }
        s0a.intoArray(c, ct);
        s0b.intoArray(c, ct + LANES);
        s1a.intoArray(c, ct + C_ROW);
        s1b.intoArray(c, ct + C_ROW + LANES);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s2b.intoArray(c, ct + 2 * C_ROW + LANES);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s3b.intoArray(c, ct + 3 * C_ROW + LANES);
        s4a.intoArray(c, ct + 4 * C_ROW);
        s4b.intoArray(c, ct + 4 * C_ROW + LANES);
        s5a.intoArray(c, ct + 5 * C_ROW);
        s5b.intoArray(c, ct + 5 * C_ROW + LANES);
        s6a.intoArray(c, ct + 6 * C_ROW);
        s6b.intoArray(c, ct + 6 * C_ROW + LANES);
        s7a.intoArray(c, ct + 7 * C_ROW);
        s7b.intoArray(c, ct + 7 * C_ROW + LANES);
    }

    private static void block4x2(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s0b = start(c, ct + LANES);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s1b = start(c, ct + C_ROW + LANES);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s2b = start(c, ct + 2 * C_ROW + LANES);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s3b = start(c, ct + 3 * C_ROW + LANES);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            FloatVector wb = FloatVector.fromArray(S, b, j + LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0a = x0.fma(wa, s0a);
            s0b = x0.fma(wb, s0b);
            FloatVector x1 = FloatVector.broadcast(S, a[i + A_ROW]);
            s1a = x1.fma(wa, s1a);
            s1b = x1.fma(wb, s1b);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * A_ROW]);
            s2a = x2.fma(wa, s2a);
            s2b = x2.fma(wb, s2b);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * A_ROW]);
            s3a = x3.fma(wa, s3a);
            s3b = x3.fma(wb, s3b);
        }
        s0a.intoArray(c, ct);
        s0b.intoArray(c, ct + LANES);
        s1a.intoArray(c, ct + C_ROW);
        s1b.intoArray(c, ct + C_ROW + LANES);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s2b.intoArray(c, ct + 2 * C_ROW + LANES);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s3b.intoArray(c, ct + 3 * C_ROW + LANES);
    }

    private static void block8x3(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s0b = start(c, ct + LANES);
        FloatVector s0c = start(c, ct + 2 * LANES);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s1b = start(c, ct + C_ROW + LANES);
        FloatVector s1c = start(c, ct + C_ROW + 2 * LANES);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s2b = start(c, ct + 2 * C_ROW + LANES);
        FloatVector s2c = start(c, ct + 2 * C_ROW + 2 * LANES);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s3b = start(c, ct + 3 * C_ROW + LANES);
        FloatVector s3c = start(c, ct + 3 * C_ROW + 2 * LANES);
        FloatVector s4a = start(c, ct + 4 * C_ROW);
        FloatVector s4b = start(c, ct + 4 * C_ROW + LANES);
        FloatVector s4c = start(c, ct + 4 * C_ROW + 2 * LANES);
        FloatVector s5a = start(c, ct + 5 * C_ROW);
        FloatVector s5b = start(c, ct + 5 * C_ROW + LANES);
        FloatVector s5c = start(c, ct + 5 * C_ROW + 2 * LANES);
        FloatVector s6a = start(c, ct + 6 * C_ROW);
        FloatVector s6b = start(c, ct + 6 * C_ROW + LANES);
        FloatVector s6c = start(c, ct + 6 * C_ROW + 2 * LANES);
        FloatVector s7a = start(c, ct + 7 * C_ROW);
        FloatVector s7b = start(c, ct + 7 * C_ROW + LANES);
        FloatVector s7c = start(c, ct + 7 * C_ROW + 2 * LANES);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            FloatVector wb = FloatVector.fromArray(S, b, j + LANES);
            FloatVector wc = FloatVector.fromArray(S, b, j + 2 * LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0a = x0.fma(wa, s0a);
            s0b = x0.fma(wb, s0b);
            s0c = x0.fma(wc, s0c);
            FloatVector x1 = FloatVector.broadcast(S, a[i + A_ROW]);
            s1a = x1.fma(wa, s1a);
            s1b = x1.fma(wb, s1b);
            s1c = x1.fma(wc, s1c);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * A_ROW]);
            s2a = x2.fma(wa, s2a);
            s2b = x2.fma(wb, s2b);
            s2c = x2.fma(wc, s2c);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * A_ROW]);
            s3a = x3.fma(wa, s3a);
            s3b = x3.fma(wb, s3b);
            s3c = x3.fma(wc, s3c);
            FloatVector x4 = FloatVector.broadcast(S, a[i + 4 * A_ROW]);
            s4a = x4.fma(wa, s4a);
            s4b = x4.fma(wb, s4b);
            s4c = x4.fma(wc, s4c);
            FloatVector x5 = FloatVector.broadcast(S, a[i + 5 * A_ROW]);
            s5a = x5.fma(wa, s5a);
            s5b = x5.fma(wb, s5b);
            s5c = x5.fma(wc, s5c);
            FloatVector x6 = FloatVector.broadcast(S, a[i + 6 * A_ROW]);
            s6a = x6.fma(wa, s6a);
            s6b = x6.fma(wb, s6b);
            s6c = x6.fma(wc, s6c);
            FloatVector x7 = FloatVector.broadcast(S, a[i + 7 * A_ROW]);
            s7a = x7.fma(wa, s7a);
            s7b = x7.fma(wb, s7b);
            s7c = x7.fma(wc, s7c);
        }
        s0a.intoArray(c, ct);
        s0b.intoArray(c, ct + LANES);
        s0c.intoArray(c, ct + 2 * LANES);
        s1a.intoArray(c, ct + C_ROW);
        s1b.intoArray(c, ct + C_ROW + LANES);
        s1c.intoArray(c, ct + C_ROW + 2 * LANES);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s2b.intoArray(c, ct + 2 * C_ROW + LANES);
        s2c.intoArray(c, ct + 2 * C_ROW + 2 * LANES);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s3b.intoArray(c, ct + 3 * C_ROW + LANES);
        s3c.intoArray(c, ct + 3 * C_ROW + 2 * LANES);
        s4a.intoArray(c, ct + 4 * C_ROW);
        s4b.intoArray(c, ct + 4 * C_ROW + LANES);
        s4c.intoArray(c, ct + 4 * C_ROW + 2 * LANES);
        s5a.intoArray(c, ct + 5 * C_ROW);
        s5b.intoArray(c, ct + 5 * C_ROW + LANES);
        s5c.intoArray(c, ct + 5 * C_ROW + 2 * LANES);
        s6a.intoArray(c, ct + 6 * C_ROW);
        s6b.intoArray(c, ct + 6 * C_ROW + LANES);
        s6c.intoArray(c, ct + 6 * C_ROW + 2 * LANES);
        s7a.intoArray(c, ct + 7 * C_ROW);
        s7b.intoArray(c, ct + 7 * C_ROW + LANES);
        s7c.intoArray(c, ct + 7 * C_ROW + 2 * LANES);
    }

    private static void block4x3(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s0b = start(c, ct + LANES);
        FloatVector s0c = start(c, ct + 2 * LANES);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s1b = start(c, ct + C_ROW + LANES);
        FloatVector s1c = start(c, ct + C_ROW + 2 * LANES);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s2b = start(c, ct + 2 * C_ROW + LANES);
        FloatVector s2c = start(c, ct + 2 * C_ROW + 2 * LANES);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s3b = start(c, ct + 3 * C_ROW + LANES);
        FloatVector s3c = start(c, ct + 3 * C_ROW + 2 * LANES);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            FloatVector wb = FloatVector.fromArray(S, b, j + LANES);
            FloatVector wc = FloatVector.fromArray(S, b, j + 2 * LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0a = x0.fma(wa, s0a);
            s0b = x0.fma(wb, s0b);
            s0c = x0.fma(wc, s0c);
            FloatVector x1 = FloatVector.broadcast(S, a[i + A_ROW]);
            s1a = x1.fma(wa, s1a);
            s1b = x1.fma(wb, s1b);
            s1c = x1.fma(wc, s1c);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * A_ROW]);
            s2a = x2.fma(wa, s2a);
            s2b = x2.fma(wb, s2b);
            s2c = x2.fma(wc, s2c);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * A_ROW]);
            s3a = x3.fma(wa, s3a);
            s3b = x3.fma(wb, s3b);
            s3c = x3.fma(wc, s3c);
        }
        s0a.intoArray(c, ct);
        s0b.intoArray(c, ct + LANES);
        s0c.intoArray(c, ct + 2 * LANES);
        s1a.intoArray(c, ct + C_ROW);
        s1b.intoArray(c, ct + C_ROW + LANES);
        s1c.intoArray(c, ct + C_ROW + 2 * LANES);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s2b.intoArray(c, ct + 2 * C_ROW + LANES);
        s2c.intoArray(c, ct + 2 * C_ROW + 2 * LANES);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s3b.intoArray(c, ct + 3 * C_ROW + LANES);
        s3c.intoArray(c, ct + 3 * C_ROW + 2 * LANES);
    }

    private static void block4x4(float[] a, int at, float[] b, int bt, float[] c, int ct, int depth) {
        FloatVector s0a = start(c, ct);
        FloatVector s0b = start(c, ct + LANES);
        FloatVector s0c = start(c, ct + 2 * LANES);
        FloatVector s0d = start(c, ct + 3 * LANES);
        FloatVector s1a = start(c, ct + C_ROW);
        FloatVector s1b = start(c, ct + C_ROW + LANES);
        FloatVector s1c = start(c, ct + C_ROW + 2 * LANES);
        FloatVector s1d = start(c, ct + C_ROW + 3 * LANES);
        FloatVector s2a = start(c, ct + 2 * C_ROW);
        FloatVector s2b = start(c, ct + 2 * C_ROW + LANES);
        FloatVector s2c = start(c, ct + 2 * C_ROW + 2 * LANES);
        FloatVector s2d = start(c, ct + 2 * C_ROW + 3 * LANES);
        FloatVector s3a = start(c, ct + 3 * C_ROW);
        FloatVector s3b = start(c, ct + 3 * C_ROW + LANES);
        FloatVector s3c = start(c, ct + 3 * C_ROW + 2 * LANES);
        FloatVector s3d = start(c, ct + 3 * C_ROW + 3 * LANES);
        for (int k = 0; k < terms(depth); k++) {
            int i = at + k * A_STEP;
            int j = bt + k * B_ROW;
            FloatVector wa = FloatVector.fromArray(S, b, j);
            FloatVector wb = FloatVector.fromArray(S, b, j + LANES);
            FloatVector wc = FloatVector.fromArray(S, b, j + 2 * LANES);
            FloatVector wd = FloatVector.fromArray(S, b, j + 3 * LANES);
            FloatVector x0 = FloatVector.broadcast(S, a[i]);
            s0a = x0.fma(wa, s0a);
            s0b = x0.fma(wb, s0b);
            s0c = x0.fma(wc, s0c);
            s0d = x0.fma(wd, s0d);
            FloatVector x1 = FloatVector.broadcast(S, a[i + A_ROW]);
            s1a = x1.fma(wa, s1a);
            s1b = x1.fma(wb, s1b);
            s1c = x1.fma(wc, s1c);
            s1d = x1.fma(wd, s1d);
            FloatVector x2 = FloatVector.broadcast(S, a[i + 2 * A_ROW]);
            s2a = x2.fma(wa, s2a);
            s2b = x2.fma(wb, s2b);
            s2c = x2.fma(wc, s2c);
            s2d = x2.fma(wd, s2d);
            FloatVector x3 = FloatVector.broadcast(S, a[i + 3 * A_ROW]);
            s3a = x3.fma(wa, s3a);
            s3b = x3.fma(wb, s3b);
            s3c = x3.fma(wc, s3c);
            s3d = x3.fma(wd, s3d);
        }
        s0a.intoArray(c, ct);
        s0b.intoArray(c, ct + LANES);
        s0c.intoArray(c, ct + 2 * LANES);
        s0d.intoArray(c, ct + 3 * LANES);
        s1a.intoArray(c, ct + C_ROW);
        s1b.intoArray(c, ct + C_ROW + LANES);
        s1c.intoArray(c, ct + C_ROW + 2 * LANES);
        s1d.intoArray(c, ct + C_ROW + 3 * LANES);
        s2a.intoArray(c, ct + 2 * C_ROW);
        s2b.intoArray(c, ct + 2 * C_ROW + LANES);
        s2c.intoArray(c, ct + 2 * C_ROW + 2 * LANES);
        s2d.intoArray(c, ct + 2 * C_ROW + 3 * LANES);
        s3a.intoArray(c, ct + 3 * C_ROW);
        s3b.intoArray(c, ct + 3 * C_ROW + LANES);
        s3c.intoArray(c, ct + 3 * C_ROW + 2 * LANES);
        s3d.intoArray(c, ct + 3 * C_ROW + 3 * LANES);
    }
}
