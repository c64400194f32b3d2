package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The matrix products of {@link WinogradConv} on vectors of 128 bits; names as in {@link Kernels128}. */
final class Products128 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;
    private static final int LANES = 4;
    private static final int STRIDE = Kernels.PRODUCT_STRIDE;

    private Products128() {}

    /** As {@link Kernels#products}. */
    static void products(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        switch (group.vectors) {
            case 1 -> products8x1(group, in, at, inPlane, tiles, w, out, to, outPlane);
            case 2 -> products4x2(group, in, at, inPlane, tiles, w, out, to, outPlane);
            default -> throw new IllegalArgumentException(group.vectors + " vectors in a tile");
        }
    }

    private static void products8x1(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 8);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * LANES;
            for (int t = 0; t < tiles; t += 8) {
                int first = Math.min(t, last);
                int from = at + f * inPlane + first * STRIDE;
                FloatVector p0 = FloatVector.zero(SPECIES);
                FloatVector p1 = FloatVector.zero(SPECIES);
                FloatVector p2 = FloatVector.zero(SPECIES);
                FloatVector p3 = FloatVector.zero(SPECIES);
                FloatVector p4 = FloatVector.zero(SPECIES);
                FloatVector p5 = FloatVector.zero(SPECIES);
                FloatVector p6 = FloatVector.zero(SPECIES);
                FloatVector p7 = FloatVector.zero(SPECIES);
                for (int tap = 0; tap < taps; tap++) {
                    FloatVector weight = FloatVector.fromArray(SPECIES, weights, base + tap * LANES);
                    FloatVector value = FloatVector.broadcast(SPECIES, in[from + tap]);
                    p0 = value.fma(weight, p0);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + STRIDE]);
                    p1 = value.fma(weight, p1);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 2 * STRIDE]);
                    p2 = value.fma(weight, p2);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 3 * STRIDE]);
                    p3 = value.fma(weight, p3);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 4 * STRIDE]);
                    p4 = value.fma(weight, p4);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 5 * STRIDE]);
                    p5 = value.fma(weight, p5);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 6 * STRIDE]);
                    p6 = value.fma(weight, p6);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 7 * STRIDE]);
                    p7 = value.fma(weight, p7);
                }
                int target = to + f * outPlane + first * LANES;
                p0.intoArray(out, target);
                p1.intoArray(out, target + LANES);
                p2.intoArray(out, target + 2 * LANES);
                p3.intoArray(out, target + 3 * LANES);
                p4.intoArray(out, target + 4 * LANES);
                p5.intoArray(out, target + 5 * LANES);
                p6.intoArray(out, target + 6 * LANES);
                p7.intoArray(out, target + 7 * LANES);
            }
        }
    }

    private static void products4x2(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 4);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * 2 * LANES;
            for (int t = 0; t < tiles; t += 4) {
                int first = Math.min(t, last);
                int from = at + f * inPlane + first * STRIDE;
                FloatVector p0a = FloatVector.zero(SPECIES);
                FloatVector p0b = FloatVector.zero(SPECIES);
                FloatVector p1a = FloatVector.zero(SPECIES);
                FloatVector p1b = FloatVector.zero(SPECIES);
                FloatVector p2a = FloatVector.zero(SPECIES);
                FloatVector p2b = FloatVector.zero(SPECIES);
                FloatVector p3a = FloatVector.zero(SPECIES);
                FloatVector p3b = FloatVector.zero(SPECIES);
                for (int tap = 0; tap < taps; tap++) {
                    FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 2 * LANES);
                    FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 2 * LANES + LANES);
                    FloatVector value = FloatVector.broadcast(SPECIES, in[from + tap]);
                    p0a = value.fma(weightA, p0a);
                    p0b = value.fma(weightB, p0b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + STRIDE]);
                    p1a = value.fma(weightA, p1a);
                    p1b = value.fma(weightB, p1b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 2 * STRIDE]);
                    p2a = value.fma(weightA, p2a);
                    p2b = value.fma(weightB, p2b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 3 * STRIDE]);
                    p3a = value.fma(weightA, p3a);
                    p3b = value.fma(weightB, p3b);
                }
                int target = to + f * outPlane + first * 2 * LANES;
                p0a.intoArray(out, target);
                p0b.intoArray(out, target + LANES);
                p1a.intoArray(out, target + 2 * LANES);
                p1b.intoArray(out, target + 3 * LANES);
                p2a.intoArray(out, target + 4 * LANES);
                p2b.intoArray(out, target + 5 * LANES);
                p3a.intoArray(out, target + 6 * LANES);
                p3b.intoArray(out, target + 7 * LANES);
            }
        }
    }
}
