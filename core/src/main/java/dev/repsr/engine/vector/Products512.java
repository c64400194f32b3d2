package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The matrix products of {@link WinogradConv} on vectors of 512 bits; names as in {@link Kernels512}. */
final class Products512 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final int STRIDE = Kernels.PRODUCT_STRIDE;

    private Products512() {}

    /** As {@link Kernels#products}. */
    static void products(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        switch (group.vectors) {
            case 1 -> products12x1(group, in, at, inPlane, tiles, w, out, to, outPlane);
            case 2 -> products12x2(group, in, at, inPlane, tiles, w, out, to, outPlane);
            case 3 -> products8x3(group, in, at, inPlane, tiles, w, out, to, outPlane);
            case 4 -> products6x4(group, in, at, inPlane, tiles, w, out, to, outPlane);
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

    private static void products12x2(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 12);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * 2 * LANES;
            for (int t = 0; t < tiles; t += 12) {
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
                FloatVector p6a = FloatVector.zero(SPECIES);
                FloatVector p6b = FloatVector.zero(SPECIES);
                FloatVector p7a = FloatVector.zero(SPECIES);
                FloatVector p7b = FloatVector.zero(SPECIES);
                FloatVector p8a = FloatVector.zero(SPECIES);
                FloatVector p8b = FloatVector.zero(SPECIES);
                FloatVector p9a = FloatVector.zero(SPECIES);
                FloatVector p9b = FloatVector.zero(SPECIES);
                FloatVector p10a = FloatVector.zero(SPECIES);
                FloatVector p10b = FloatVector.zero(SPECIES);
                FloatVector p11a = FloatVector.zero(SPECIES);
                FloatVector p11b = FloatVector.zero(SPECIES);
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
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 6 * STRIDE]);
                    p6a = value.fma(weightA, p6a);
                    p6b = value.fma(weightB, p6b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 7 * STRIDE]);
                    p7a = value.fma(weightA, p7a);
                    p7b = value.fma(weightB, p7b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 8 * STRIDE]);
                    p8a = value.fma(weightA, p8a);
                    p8b = value.fma(weightB, p8b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 9 * STRIDE]);
                    p9a = value.fma(weightA, p9a);
                    p9b = value.fma(weightB, p9b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 10 * STRIDE]);
                    p10a = value.fma(weightA, p10a);
                    p10b = value.fma(weightB, p10b);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 11 * STRIDE]);
                    p11a = value.fma(weightA, p11a);
                    p11b = value.fma(weightB, p11b);
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
                p6a.intoArray(out, target + 12 * LANES);
                p6b.intoArray(out, target + 13 * LANES);
                p7a.intoArray(out, target + 14 * LANES);
                p7b.intoArray(out, target + 15 * LANES);
                p8a.intoArray(out, target + 16 * LANES);
                p8b.intoArray(out, target + 17 * LANES);
                p9a.intoArray(out, target + 18 * LANES);
                p9b.intoArray(out, target + 19 * LANES);
                p10a.intoArray(out, target + 20 * LANES);
                p10b.intoArray(out, target + 21 * LANES);
                p11a.intoArray(out, target + 22 * LANES);
                p11b.intoArray(out, target + 23 * LANES);
            }
        }
    }

    private static void products8x3(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 8);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * 3 * LANES;
            for (int t = 0; t < tiles; t += 8) {
                int first = Math.min(t, last);
                int from = at + f * inPlane + first * STRIDE;
                FloatVector p0a = FloatVector.zero(SPECIES);
                FloatVector p0b = FloatVector.zero(SPECIES);
                FloatVector p0c = FloatVector.zero(SPECIES);
                FloatVector p1a = FloatVector.zero(SPECIES);
                FloatVector p1b = FloatVector.zero(SPECIES);
                FloatVector p1c = FloatVector.zero(SPECIES);
                FloatVector p2a = FloatVector.zero(SPECIES);
                FloatVector p2b = FloatVector.zero(SPECIES);
                FloatVector p2c = FloatVector.zero(SPECIES);
                FloatVector p3a = FloatVector.zero(SPECIES);
                FloatVector p3b = FloatVector.zero(SPECIES);
                FloatVector p3c = FloatVector.zero(SPECIES);
                FloatVector p4a = FloatVector.zero(SPECIES);
                FloatVector p4b = FloatVector.zero(SPECIES);
                FloatVector p4c = FloatVector.zero(SPECIES);
                FloatVector p5a = FloatVector.zero(SPECIES);
                FloatVector p5b = FloatVector.zero(SPECIES);
                FloatVector p5c = FloatVector.zero(SPECIES);
                FloatVector p6a = FloatVector.zero(SPECIES);
                FloatVector p6b = FloatVector.zero(SPECIES);
                FloatVector p6c = FloatVector.zero(SPECIES);
                FloatVector p7a = FloatVector.zero(SPECIES);
                FloatVector p7b = FloatVector.zero(SPECIES);
                FloatVector p7c = FloatVector.zero(SPECIES);
                for (int tap = 0; tap < taps; tap++) {
                    FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES);
                    FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES + LANES);
                    FloatVector weightC = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES + 2 * LANES);
                    FloatVector value = FloatVector.broadcast(SPECIES, in[from + tap]);
                    p0a = value.fma(weightA, p0a);
                    p0b = value.fma(weightB, p0b);
                    p0c = value.fma(weightC, p0c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + STRIDE]);
                    p1a = value.fma(weightA, p1a);
                    p1b = value.fma(weightB, p1b);
                    p1c = value.fma(weightC, p1c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 2 * STRIDE]);
                    p2a = value.fma(weightA, p2a);
                    p2b = value.fma(weightB, p2b);
                    p2c = value.fma(weightC, p2c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 3 * STRIDE]);
                    p3a = value.fma(weightA, p3a);
                    p3b = value.fma(weightB, p3b);
                    p3c = value.fma(weightC, p3c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 4 * STRIDE]);
                    p4a = value.fma(weightA, p4a);
                    p4b = value.fma(weightB, p4b);
                    p4c = value.fma(weightC, p4c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 5 * STRIDE]);
                    p5a = value.fma(weightA, p5a);
                    p5b = value.fma(weightB, p5b);
                    p5c = value.fma(weightC, p5c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 6 * STRIDE]);
                    p6a = value.fma(weightA, p6a);
                    p6b = value.fma(weightB, p6b);
                    p6c = value.fma(weightC, p6c);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 7 * STRIDE]);
                    p7a = value.fma(weightA, p7a);
                    p7b = value.fma(weightB, p7b);
                    p7c = value.fma(weightC, p7c);
                }
                int target = to + f * outPlane + first * 3 * LANES;
                p0a.intoArray(out, target);
                p0b.intoArray(out, target + LANES);
                p0c.intoArray(out, target + 2 * LANES);
                p1a.intoArray(out, target + 3 * LANES);
                p1b.intoArray(out, target + 4 * LANES);
                p1c.intoArray(out, target + 5 * LANES);
                p2a.intoArray(out, target + 6 * LANES);
                p2b.intoArray(out, target + 7 * LANES);
                p2c.intoArray(out, target + 8 * LANES);
                p3a.intoArray(out, target + 9 * LANES);
                p3b.intoArray(out, target + 10 * LANES);
                p3c.intoArray(out, target + 11 * LANES);
                p4a.intoArray(out, target + 12 * LANES);
                p4b.intoArray(out, target + 13 * LANES);
                p4c.intoArray(out, target + 14 * LANES);
                p5a.intoArray(out, target + 15 * LANES);
                p5b.intoArray(out, target + 16 * LANES);
                p5c.intoArray(out, target + 17 * LANES);
                p6a.intoArray(out, target + 18 * LANES);
                p6b.intoArray(out, target + 19 * LANES);
                p6c.intoArray(out, target + 20 * LANES);
                p7a.intoArray(out, target + 21 * LANES);
                p7b.intoArray(out, target + 22 * LANES);
                p7c.intoArray(out, target + 23 * LANES);
            }
        }
    }

    private static void products6x4(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        int taps = group.taps;
        float[] weights = group.weights;
        int last = Math.max(0, tiles - 6);
        for (int f = 0; f < WinogradConv.POINTS; f++) {
            int base = w + f * taps * 4 * LANES;
            for (int t = 0; t < tiles; t += 6) {
                int first = Math.min(t, last);
                int from = at + f * inPlane + first * STRIDE;
                FloatVector p0a = FloatVector.zero(SPECIES);
                FloatVector p0b = FloatVector.zero(SPECIES);
                FloatVector p0c = FloatVector.zero(SPECIES);
                FloatVector p0d = FloatVector.zero(SPECIES);
                FloatVector p1a = FloatVector.zero(SPECIES);
                FloatVector p1b = FloatVector.zero(SPECIES);
                FloatVector p1c = FloatVector.zero(SPECIES);
                FloatVector p1d = FloatVector.zero(SPECIES);
                FloatVector p2a = FloatVector.zero(SPECIES);
                FloatVector p2b = FloatVector.zero(SPECIES);
                FloatVector p2c = FloatVector.zero(SPECIES);
                FloatVector p2d = FloatVector.zero(SPECIES);
                FloatVector p3a = FloatVector.zero(SPECIES);
                FloatVector p3b = FloatVector.zero(SPECIES);
                FloatVector p3c = FloatVector.zero(SPECIES);
                FloatVector p3d = FloatVector.zero(SPECIES);
                FloatVector p4a = FloatVector.zero(SPECIES);
                FloatVector p4b = FloatVector.zero(SPECIES);
                FloatVector p4c = FloatVector.zero(SPECIES);
                FloatVector p4d = FloatVector.zero(SPECIES);
                FloatVector p5a = FloatVector.zero(SPECIES);
                FloatVector p5b = FloatVector.zero(SPECIES);
                FloatVector p5c = FloatVector.zero(SPECIES);
                FloatVector p5d = FloatVector.zero(SPECIES);
                for (int tap = 0; tap < taps; tap++) {
                    FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES);
                    FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + LANES);
                    FloatVector weightC = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + 2 * LANES);
                    FloatVector weightD = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + 3 * LANES);
                    FloatVector value = FloatVector.broadcast(SPECIES, in[from + tap]);
                    p0a = value.fma(weightA, p0a);
                    p0b = value.fma(weightB, p0b);
                    p0c = value.fma(weightC, p0c);
                    p0d = value.fma(weightD, p0d);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + STRIDE]);
                    p1a = value.fma(weightA, p1a);
                    p1b = value.fma(weightB, p1b);
                    p1c = value.fma(weightC, p1c);
                    p1d = value.fma(weightD, p1d);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 2 * STRIDE]);
                    p2a = value.fma(weightA, p2a);
                    p2b = value.fma(weightB, p2b);
                    p2c = value.fma(weightC, p2c);
                    p2d = value.fma(weightD, p2d);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 3 * STRIDE]);
                    p3a = value.fma(weightA, p3a);
                    p3b = value.fma(weightB, p3b);
                    p3c = value.fma(weightC, p3c);
                    p3d = value.fma(weightD, p3d);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 4 * STRIDE]);
                    p4a = value.fma(weightA, p4a);
                    p4b = value.fma(weightB, p4b);
                    p4c = value.fma(weightC, p4c);
                    p4d = value.fma(weightD, p4d);
                    value = FloatVector.broadcast(SPECIES, in[from + tap + 5 * STRIDE]);
                    p5a = value.fma(weightA, p5a);
                    p5b = value.fma(weightB, p5b);
                    p5c = value.fma(weightC, p5c);
                    p5d = value.fma(weightD, p5d);
                }
                int target = to + f * outPlane + first * 4 * LANES;
                p0a.intoArray(out, target);
                p0b.intoArray(out, target + LANES);
                p0c.intoArray(out, target + 2 * LANES);
                p0d.intoArray(out, target + 3 * LANES);
                p1a.intoArray(out, target + 4 * LANES);
                p1b.intoArray(out, target + 5 * LANES);
                p1c.intoArray(out, target + 6 * LANES);
                p1d.intoArray(out, target + 7 * LANES);
                p2a.intoArray(out, target + 8 * LANES);
                p2b.intoArray(out, target + 9 * LANES);
                p2c.intoArray(out, target + 10 * LANES);
                p2d.intoArray(out, target + 11 * LANES);
                p3a.intoArray(out, target + 12 * LANES);
                p3b.intoArray(out, target + 13 * LANES);
                p3c.intoArray(out, target + 14 * LANES);
                p3d.intoArray(out, target + 15 * LANES);
                p4a.intoArray(out, target + 16 * LANES);
                p4b.intoArray(out, target + 17 * LANES);
                p4c.intoArray(out, target + 18 * LANES);
                p4d.intoArray(out, target + 19 * LANES);
                p5a.intoArray(out, target + 20 * LANES);
                p5b.intoArray(out, target + 21 * LANES);
                p5c.intoArray(out, target + 22 * LANES);
                p5d.intoArray(out, target + 23 * LANES);
            }
        }
    }
}
