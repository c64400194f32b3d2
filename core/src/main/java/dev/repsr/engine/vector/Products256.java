package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The matrix products of {@link WinogradConv} on vectors of 256 bits; names as in {@link Kernels256}. */
final class Products256 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = 8;
    private static final int STRIDE = Kernels.PRODUCT_STRIDE;

    private Products256() {}

    /** As {@link Kernels#products}. */
    static void products(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        switch (group.vectors) {
            case 1 -> products12x1(group, in, at, inPlane, tiles, w, out, to, outPlane);
            case 2 -> products6x2(group, in, at, inPlane, tiles, w, out, to, outPlane);
            default -> throw new IllegalArgumentException(group.vectors + " vectors in a tile");
        }
    }

    private static void products12x1(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 12);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * LANES;
            for (int t = 0; t < tiles; t += 12) {
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
                FloatVector p8 = FloatVector.zero(SPECIES);
                FloatVector p9 = FloatVector.zero(SPECIES);
                FloatVector p10 = FloatVector.zero(SPECIES);
                FloatVector p11 = FloatVector.zero(SPECIES);
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
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 8 * STRIDE]);
                    p8 = value.fma(weight, p8);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 9 * STRIDE]);
                    p9 = value.fma(weight, p9);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 10 * STRIDE]);
                    p10 = value.fma(weight, p10);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 11 * STRIDE]);
                    p11 = value.fma(weight, p11);
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
                p8.intoArray(out, target + 8 * LANES);
                p9.intoArray(out, target + 9 * LANES);
                p10.intoArray(out, target + 10 * LANES);
                p11.intoArray(out, target + 11 * LANES);
            }
        }
    }

    private static void products6x2(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 6);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * 2 * LANES;
            for (int t = 0; t < tiles; t += 6) {
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
                FloatVector p4a = FloatVector.zero(SPECIES);
                FloatVector p4b = FloatVector.zero(SPECIES);
                FloatVector p5a = FloatVector.zero(SPECIES);
                FloatVector p5b = FloatVector.zero(SPECIES);
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
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 4 * STRIDE]);
                    p4a = value.fma(weightA, p4a);
                    p4b = value.fma(weightB, p4b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 5 * STRIDE]);
                    p5a = value.fma(weightA, p5a);
                    p5b = value.fma(weightB, p5b);
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
                p4a.intoArray(out, target + 8 * LANES);
                p4b.intoArray(out, target + 9 * LANES);
                p5a.intoArray(out, target + 10 * LANES);
                p5b.intoArray(out, target + 11 * LANES);
            }
        }
    }
}
