package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link Kernels512} that are three and four vectors wide. */
final class WideTiles512 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final int LANES = 16;
    private static final int ORIGIN = Kernels.ORIGIN;

    private WideTiles512() {}

    static void tile8x3(Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        int stride = group.inStride;
        int taps = group.taps;
        float[] weights = group.weights;
        FloatVector biasA = FloatVector.fromArray(SPECIES, group.bias, ORIGIN);
        FloatVector biasB = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + LANES);
        FloatVector biasC = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + 2 * LANES);
        FloatVector p0a = biasA;
        FloatVector p0b = biasB;
        FloatVector p0c = biasC;
        FloatVector p1a = biasA;
        FloatVector p1b = biasB;
        FloatVector p1c = biasC;
        FloatVector p2a = biasA;
        FloatVector p2b = biasB;
        FloatVector p2c = biasC;
        FloatVector p3a = biasA;
        FloatVector p3b = biasB;
        FloatVector p3c = biasC;
        FloatVector p4a = biasA;
        FloatVector p4b = biasB;
        FloatVector p4c = biasC;
        FloatVector p5a = biasA;
        FloatVector p5b = biasB;
        FloatVector p5c = biasC;
        FloatVector p6a = biasA;
        FloatVector p6b = biasB;
        FloatVector p6c = biasC;
        FloatVector p7a = biasA;
        FloatVector p7b = biasB;
        FloatVector p7c = biasC;
        for (int ky = 0; ky < 3; ky++) {
            float[] in = ky == 0 ? above : ky == 1 ? row : below;
            int base = w + ky * taps * 3 * LANES;
            for (int tap = 0; tap < taps; tap++) {
                FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES);
                FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES + LANES);
                FloatVector weightC = FloatVector.fromArray(SPECIES, weights, base + tap * 3 * LANES + 2 * LANES);
                FloatVector value = FloatVector.broadcast(SPECIES, in[at + tap]);
                p0a = value.fma(weightA, p0a);
                p0b = value.fma(weightB, p0b);
                p0c = value.fma(weightC, p0c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + stride]);
                p1a = value.fma(weightA, p1a);
                p1b = value.fma(weightB, p1b);
                p1c = value.fma(weightC, p1c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 2 * stride]);
                p2a = value.fma(weightA, p2a);
                p2b = value.fma(weightB, p2b);
                p2c = value.fma(weightC, p2c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 3 * stride]);
                p3a = value.fma(weightA, p3a);
                p3b = value.fma(weightB, p3b);
                p3c = value.fma(weightC, p3c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 4 * stride]);
                p4a = value.fma(weightA, p4a);
                p4b = value.fma(weightB, p4b);
                p4c = value.fma(weightC, p4c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 5 * stride]);
                p5a = value.fma(weightA, p5a);
                p5b = value.fma(weightB, p5b);
                p5c = value.fma(weightC, p5c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 6 * stride]);
                p6a = value.fma(weightA, p6a);
                p6b = value.fma(weightB, p6b);
                p6c = value.fma(weightC, p6c);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 7 * stride]);
                p7a = value.fma(weightA, p7a);
                p7b = value.fma(weightB, p7b);
                p7c = value.fma(weightC, p7c);
            }
        }
        int step = group.outStride;
        p0a.intoArray(out, to);
        p0b.intoArray(out, to + LANES);
        p0c.intoArray(out, to + 2 * LANES);
        p1a.intoArray(out, to + step);
        p1b.intoArray(out, to + step + LANES);
        p1c.intoArray(out, to + step + 2 * LANES);
        p2a.intoArray(out, to + 2 * step);
        p2b.intoArray(out, to + 2 * step + LANES);
        p2c.intoArray(out, to + 2 * step + 2 * LANES);
        p3a.intoArray(out, to + 3 * step);
        p3b.intoArray(out, to + 3 * step + LANES);
        p3c.intoArray(out, to + 3 * step + 2 * LANES);
        p4a.intoArray(out, to + 4 * step);
        p4b.intoArray(out, to + 4 * step + LANES);
        p4c.intoArray(out, to + 4 * step + 2 * LANES);
        p5a.intoArray(out, to + 5 * step);
        p5b.intoArray(out, to + 5 * step + LANES);
        p5c.intoArray(out, to + 5 * step + 2 * LANES);
        p6a.intoArray(out, to + 6 * step);
        p6b.intoArray(out, to + 6 * step + LANES);
        p6c.intoArray(out, to + 6 * step + 2 * LANES);
        p7a.intoArray(out, to + 7 * step);
        p7b.intoArray(out, to + 7 * step + LANES);
        p7c.intoArray(out, to + 7 * step + 2 * LANES);
    }

    static void tile6x4(Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        int stride = group.inStride;
        int taps = group.taps;
        float[] weights = group.weights;
        FloatVector biasA = FloatVector.fromArray(SPECIES, group.bias, ORIGIN);
        FloatVector biasB = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + LANES);
        FloatVector biasC = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + 2 * LANES);
        FloatVector biasD = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + 3 * LANES);
        FloatVector p0a = biasA;
        FloatVector p0b = biasB;
        FloatVector p0c = biasC;
        FloatVector p0d = biasD;
        FloatVector p1a = biasA;
        FloatVector p1b = biasB;
        FloatVector p1c = biasC;
        FloatVector p1d = biasD;
        FloatVector p2a = biasA;
        FloatVector p2b = biasB;
        FloatVector p2c = biasC;
        FloatVector p2d = biasD;
        FloatVector p3a = biasA;
        FloatVector p3b = biasB;
        FloatVector p3c = biasC;
        FloatVector p3d = biasD;
        FloatVector p4a = biasA;
        FloatVector p4b = biasB;
        FloatVector p4c = biasC;
        FloatVector p4d = biasD;
        FloatVector p5a = biasA;
        FloatVector p5b = biasB;
        FloatVector p5c = biasC;
        FloatVector p5d = biasD;
        for (int ky = 0; ky < 3; ky++) {
            float[] in = ky == 0 ? above : ky == 1 ? row : below;
            int base = w + ky * taps * 4 * LANES;
            for (int tap = 0; tap < taps; tap++) {
                FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES);
                FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + LANES);
                FloatVector weightC = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + 2 * LANES);
                FloatVector weightD = FloatVector.fromArray(SPECIES, weights, base + tap * 4 * LANES + 3 * LANES);
                FloatVector value = FloatVector.broadcast(SPECIES, in[at + tap]);
                p0a = value.fma(weightA, p0a);
                p0b = value.fma(weightB, p0b);
                p0c = value.fma(weightC, p0c);
                p0d = value.fma(weightD, p0d);
                value = FloatVector.broadcast(SPECIES, in[at + tap + stride]);
                p1a = value.fma(weightA, p1a);
                p1b = value.fma(weightB, p1b);
                p1c = value.fma(weightC, p1c);
                p1d = value.fma(weightD, p1d);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 2 * stride]);
                p2a = value.fma(weightA, p2a);
                p2b = value.fma(weightB, p2b);
                p2c = value.fma(weightC, p2c);
                p2d = value.fma(weightD, p2d);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 3 * stride]);
                p3a = value.fma(weightA, p3a);
                p3b = value.fma(weightB, p3b);
                p3c = value.fma(weightC, p3c);
                p3d = value.fma(weightD, p3d);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 4 * stride]);
                p4a = value.fma(weightA, p4a);
                p4b = value.fma(weightB, p4b);
                p4c = value.fma(weightC, p4c);
                p4d = value.fma(weightD, p4d);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 5 * stride]);
                p5a = value.fma(weightA, p5a);
                p5b = value.fma(weightB, p5b);
                p5c = value.fma(weightC, p5c);
                p5d = value.fma(weightD, p5d);
            }
        }
        int step = group.outStride;
        p0a.intoArray(out, to);
        p0b.intoArray(out, to + LANES);
        p0c.intoArray(out, to + 2 * LANES);
        p0d.intoArray(out, to + 3 * LANES);
        p1a.intoArray(out, to + step);
        p1b.intoArray(out, to + step + LANES);
        p1c.intoArray(out, to + step + 2 * LANES);
        p1d.intoArray(out, to + step + 3 * LANES);
        p2a.intoArray(out, to + 2 * step);
        p2b.intoArray(out, to + 2 * step + LANES);
        p2c.intoArray(out, to + 2 * step + 2 * LANES);
        p2d.intoArray(out, to + 2 * step + 3 * LANES);
        p3a.intoArray(out, to + 3 * step);
        p3b.intoArray(out, to + 3 * step + LANES);
        p3c.intoArray(out, to + 3 * step + 2 * LANES);
        p3d.intoArray(out, to + 3 * step + 3 * LANES);
        p4a.intoArray(out, to + 4 * step);
        p4b.intoArray(out, to + 4 * step + LANES);
        p4c.intoArray(out, to + 4 * step + 2 * LANES);
        p4d.intoArray(out, to + 4 * step + 3 * LANES);
        p5a.intoArray(out, to + 5 * step);
        p5b.intoArray(out, to + 5 * step + LANES);
        p5c.intoArray(out, to + 5 * step + 2 * LANES);
        p5d.intoArray(out, to + 5 * step + 3 * LANES);
    }
}
