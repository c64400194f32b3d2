package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The transforms of {@link WinogradConv} on vectors of 512 bits. */
final class Winograd512 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    private Winograd512() {}

    /** As {@link Kernels#transformColumns}. */
    static void columns(float[][] in, int at, int floats, float[] out, int to, int plane) {
        float[] row0 = in[0];
        float[] row1 = in[1];
        float[] row2 = in[2];
        float[] row3 = in[3];
        float[] row4 = in[4];
        float[] row5 = in[5];
        for (int i = 0; i < floats; i += LANES) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, row0, at + i);
            FloatVector d1 = FloatVector.fromArray(SPECIES, row1, at + i);
            FloatVector d2 = FloatVector.fromArray(SPECIES, row2, at + i);
            FloatVector d3 = FloatVector.fromArray(SPECIES, row3, at + i);
            FloatVector d4 = FloatVector.fromArray(SPECIES, row4, at + i);
            FloatVector d5 = FloatVector.fromArray(SPECIES, row5, at + i);
            transform(d0, d1, d2, d3, d4, d5, out, to + i, plane);
        }
    }

    /** As {@link Kernels#transformRows}. */
    static void rows(float[] in, int at, int inStride, int tiles, float[] out, int to, int plane) {
        // A distance that the compiler knows once it has inlined the method: it then tests the bounds before the loop.
        switch (inStride) {
            case LANES -> rowsOf(in, at, LANES, tiles, out, to, plane);
            case 2 * LANES -> rowsOf(in, at, 2 * LANES, tiles, out, to, plane);
            case 4 * LANES -> rowsOf(in, at, 4 * LANES, tiles, out, to, plane);
            default -> rowsOf(in, at, inStride, tiles, out, to, plane);
        }
    }

    private static void rowsOf(float[] in, int at, int inStride, int tiles, float[] out, int to, int plane) {
        for (int t = 0; t < tiles; t++) {
            int from = at + t * WinogradConv.TILE * inStride;
            FloatVector d0 = FloatVector.fromArray(SPECIES, in, from);
            FloatVector d1 = FloatVector.fromArray(SPECIES, in, from + inStride);
            FloatVector d2 = FloatVector.fromArray(SPECIES, in, from + 2 * inStride);
            FloatVector d3 = FloatVector.fromArray(SPECIES, in, from + 3 * inStride);
            FloatVector d4 = FloatVector.fromArray(SPECIES, in, from + 4 * inStride);
            FloatVector d5 = FloatVector.fromArray(SPECIES, in, from + 5 * inStride);
            transform(d0, d1, d2, d3, d4, d5, out, to + t * Kernels.PRODUCT_STRIDE, plane);
        }
    }

    /** B^T d. */
    private static void transform(
            FloatVector d0,
            FloatVector d1,
            FloatVector d2,
            FloatVector d3,
            FloatVector d4,
            FloatVector d5,
            float[] out,
            int to,
            int plane) {
        FloatVector even = d2.fma(FloatVector.broadcast(SPECIES, -4f), d4);
        FloatVector odd = d1.fma(FloatVector.broadcast(SPECIES, -4f), d3);
        FloatVector even2 = d4.sub(d2);
        FloatVector odd2 = d3.sub(d1);
        FloatVector first = d2.fma(FloatVector.broadcast(SPECIES, -5f), d4);
        FloatVector last = d3.fma(FloatVector.broadcast(SPECIES, -5f), d5);
        d0.fma(FloatVector.broadcast(SPECIES, 4f), first).intoArray(out, to);
        even.add(odd).intoArray(out, to + plane);
        even.sub(odd).intoArray(out, to + 2 * plane);
        odd2.fma(FloatVector.broadcast(SPECIES, 2f), even2).intoArray(out, to + 3 * plane);
        odd2.fma(FloatVector.broadcast(SPECIES, -2f), even2).intoArray(out, to + 4 * plane);
        d1.fma(FloatVector.broadcast(SPECIES, 4f), last).intoArray(out, to + 5 * plane);
    }

    /** As {@link Kernels#untransformRows}. */
    static void rowsBack(float[] in, int at, int plane, int floats, float[] out, int to) {
        for (int i = 0; i < floats; i += LANES) {
            FloatVector m0 = FloatVector.fromArray(SPECIES, in, at + i);
            FloatVector m1 = FloatVector.fromArray(SPECIES, in, at + i + plane);
            FloatVector m2 = FloatVector.fromArray(SPECIES, in, at + i + 2 * plane);
            FloatVector m3 = FloatVector.fromArray(SPECIES, in, at + i + 3 * plane);
            FloatVector m4 = FloatVector.fromArray(SPECIES, in, at + i + 4 * plane);
            FloatVector m5 = FloatVector.fromArray(SPECIES, in, at + i + 5 * plane);
            FloatVector sum = m1.add(m2);
            FloatVector difference = m1.sub(m2);
            FloatVector sum2 = m3.add(m4);
            FloatVector difference2 = m3.sub(m4);
            m0.add(sum).add(sum2).intoArray(out, to + i);
            difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference).intoArray(out, to + i + plane);
            sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum).intoArray(out, to + i + 2 * plane);
            difference2
                    .fma(FloatVector.broadcast(SPECIES, 8f), difference)
                    .add(m5)
                    .intoArray(out, to + i + 3 * plane);
        }
    }

    /** As {@link Kernels#untransformColumns}. */
    static void columnsBack(
            float[] in,
            int at,
            int inStride,
            int plane,
            int tiles,
            float[] bias,
            float[] slope,
            int c,
            float[][] out,
            int to,
            int outStride) {
        float[] row0 = out[0];
        float[] row1 = out[1];
        float[] row2 = out[2];
        float[] row3 = out[3];
        FloatVector added = FloatVector.fromArray(SPECIES, bias, Kernels.ORIGIN + c);
        FloatVector factor = FloatVector.fromArray(SPECIES, slope, Kernels.ORIGIN + c);
        for (int t = 0; t < tiles; t++) {
            int from = at + t * inStride;
            FloatVector m0 = FloatVector.fromArray(SPECIES, in, from);
            FloatVector m1 = FloatVector.fromArray(SPECIES, in, from + plane);
            FloatVector m2 = FloatVector.fromArray(SPECIES, in, from + 2 * plane);
            FloatVector m3 = FloatVector.fromArray(SPECIES, in, from + 3 * plane);
            FloatVector m4 = FloatVector.fromArray(SPECIES, in, from + 4 * plane);
            FloatVector m5 = FloatVector.fromArray(SPECIES, in, from + 5 * plane);
            FloatVector sum = m1.add(m2).add(added);
            FloatVector difference = m1.sub(m2).add(added);
            FloatVector sum2 = m3.add(m4);
            FloatVector difference2 = m3.sub(m4);
            int target = to + t * WinogradConv.TILE * outStride;
            store(m0.add(sum).add(sum2), factor, row0, target);
            store(difference2.fma(FloatVector.broadcast(SPECIES, 2f), difference), factor, row1, target);
            store(sum2.fma(FloatVector.broadcast(SPECIES, 4f), sum), factor, row2, target);
            FloatVector fourth = difference2
                    .fma(FloatVector.broadcast(SPECIES, 8f), difference)
                    .add(m5);
            store(fourth, factor, row3, target);
        }
    }

    private static void store(FloatVector sum, FloatVector slope, float[] out, int at) {
        sum.mul(slope, sum.lt(0f)).intoArray(out, at);
    }
}
