package dev.repsr.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Kernels on vectors of 512 bits. A tile of P pixels and V vectors is the method tile"P"x"V"; p3b is pixel 3, vector b. */
final class Kernels512 implements Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final int LANES = 16;

    /** Colours of one pixel again and again. */
    private static final VectorShuffle<Float> FROM_RED = VectorShuffle.fromOp(SPECIES, i -> i % 3);

    private static final VectorShuffle<Float> FROM_GREEN = VectorShuffle.fromOp(SPECIES, i -> (i + 1) % 3);
    private static final VectorShuffle<Float> FROM_BLUE = VectorShuffle.fromOp(SPECIES, i -> (i + 2) % 3);

    /** Floats of a pixel in a row enlarged by 4. */
    private static final int RUN = 12;

    /** Where the colours of four pixels lie, each pixel four times; and what of each vector belongs to its second pixel. */
    private static final VectorShuffle<Float> COLOURS_A = VectorShuffle.fromOp(SPECIES, i -> colour(i));

    private static final VectorShuffle<Float> COLOURS_B = VectorShuffle.fromOp(SPECIES, i -> colour(i + LANES));
    private static final VectorShuffle<Float> COLOURS_C = VectorShuffle.fromOp(SPECIES, i -> colour(i + 2 * LANES));
    private static final VectorMask<Float> SECOND_A = VectorMask.fromLong(SPECIES, 0xF000);
    private static final VectorMask<Float> SECOND_B = VectorMask.fromLong(SPECIES, 0xFF00);
    private static final VectorMask<Float> SECOND_C = VectorMask.fromLong(SPECIES, 0xFFF0);

    private static int colour(int i) {
        return i / RUN * 3 + i % 3;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int maxVectors(int inStride) {
        return inStride == RGB ? 1 : MAX_VECTORS;
    }

    @Override
    public int pixels(int vectors) {
        return switch (vectors) {
            case 1 -> 12;
            case 2 -> 12;
            case 3 -> 8;
            case 4 -> 6;
            default -> throw new IllegalArgumentException(vectors + " vectors in a tile");
        };
    }

    @Override
    public void tile(Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        if (group.inStride == RGB) {
            rgb12x1(group, above, row, below, at, w, out, to);
            return;
        }
        switch (group.vectors) {
            case 1 -> tile12x1(group, above, row, below, at, w, out, to);
            case 2 -> tile12x2(group, above, row, below, at, w, out, to);
            case 3 -> WideTiles512.tile8x3(group, above, row, below, at, w, out, to);
            case 4 -> WideTiles512.tile6x4(group, above, row, below, at, w, out, to);
            default -> throw new IllegalArgumentException(group.vectors + " vectors in a tile");
        }
    }

    @Override
    public void activate(float[] slope, int channels, float[] row, int at, int stride, int width) {
        for (int c = 0; c < channels; c += LANES) {
            FloatVector factor = FloatVector.fromArray(SPECIES, slope, ORIGIN + c);
            for (int x = 0; x < width; x++) {
                FloatVector sum = FloatVector.fromArray(SPECIES, row, at + x * stride + c);
                sum.mul(factor, sum.lt(0f)).intoArray(row, at + x * stride + c);
            }
        }
    }

    @Override
    public void addNearest(
            float[] conv, int at, int stride, float[] picture, int from, int run, int pixels, float[] out, int to) {
        int done = run == RUN ? addNearestToFours(conv, at, stride, picture, from, pixels, out, to) : 0;
        // The last vectors first: what they write beyond their run is then overwritten.
        for (int i = (run - 1) / LANES * LANES; i >= 0; i -= LANES) {
            VectorShuffle<Float> colours = i % 3 == 0 ? FROM_RED : i % 3 == 1 ? FROM_GREEN : FROM_BLUE;
            for (int x = done; x < pixels; x++) {
                FloatVector nearest =
                        FloatVector.fromArray(SPECIES, picture, from + 3 * x).rearrange(colours);
                FloatVector sum = FloatVector.fromArray(SPECIES, conv, at + x * stride + i);
                sum.add(nearest).intoArray(out, to + x * run + i);
            }
        }
    }

    /** Four pixels are three whole vectors, each of two pixels. Returns how many pixels it did. */
    private static int addNearestToFours(
            float[] conv, int at, int stride, float[] picture, int from, int pixels, float[] out, int to) {
        int x = 0;
        for (; x + 4 <= pixels; x += 4) {
            int first = at + x * stride;
            int second = first + stride;
            int third = second + stride;
            int fourth = third + stride;
            FloatVector a = FloatVector.fromArray(SPECIES, conv, first)
                    .blend(FloatVector.fromArray(SPECIES, conv, second - 12), SECOND_A);
            FloatVector b = FloatVector.fromArray(SPECIES, conv, second + 4)
                    .blend(FloatVector.fromArray(SPECIES, conv, third - 8), SECOND_B);
            FloatVector c = FloatVector.fromArray(SPECIES, conv, third + 8)
                    .blend(FloatVector.fromArray(SPECIES, conv, fourth - 4), SECOND_C);
            FloatVector colours = FloatVector.fromArray(SPECIES, picture, from + 3 * x);
            int target = to + RUN * x;
            a.add(colours.rearrange(COLOURS_A)).intoArray(out, target);
            b.add(colours.rearrange(COLOURS_B)).intoArray(out, target + LANES);
            c.add(colours.rearrange(COLOURS_C)).intoArray(out, target + 2 * LANES);
        }
        return x;
    }

    @Override
    public void products(
            Group group, float[] in, int at, int inPlane, int tiles, int w, float[] out, int to, int outPlane) {
        Products512.products(group, in, at, inPlane, tiles, w, out, to, outPlane);
    }

    @Override
    public void transformColumns(float[][] in, int at, int floats, float[] out, int to, int plane) {
        Winograd512.columns(in, at, floats, out, to, plane);
    }

    @Override
    public void transformRows(float[] in, int at, int inStride, int tiles, float[] out, int to, int plane) {
        Winograd512.rows(in, at, inStride, tiles, out, to, plane);
    }

    @Override
    public void untransformRows(float[] in, int at, int plane, int floats, float[] out, int to) {
        Winograd512.rowsBack(in, at, plane, floats, out, to);
    }

    @Override
    public void untransformColumns(
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
        Winograd512.columnsBack(in, at, inStride, plane, tiles, bias, slope, c, out, to, outStride);
    }

    @Override
    public float fmaLoop(int turns) {
        return FmaLoop512.run(turns);
    }

    /** As the tile of these pixels and one vector, with a distance between pixels that the compiler knows. */
    private static void rgb12x1(
            Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        int taps = group.taps;
        float[] weights = group.weights;
        FloatVector bias = FloatVector.fromArray(SPECIES, group.bias, ORIGIN);
        FloatVector p0 = bias;
        FloatVector p1 = bias;
        FloatVector p2 = bias;
        FloatVector p3 = bias;
        FloatVector p4 = bias;
        FloatVector p5 = bias;
        FloatVector p6 = bias;
        FloatVector p7 = bias;
        FloatVector p8 = bias;
        FloatVector p9 = bias;
        FloatVector p10 = bias;
        FloatVector p11 = bias;
        for (int ky = 0; ky < 3; ky++) {
            float[] in = ky == 0 ? above : ky == 1 ? row : below;
            int base = w + ky * taps * LANES;
            for (int tap = 0; tap < taps; tap++) {
                FloatVector weight = FloatVector.fromArray(SPECIES, weights, base + tap * LANES);
                FloatVector value = FloatVector.broadcast(SPECIES, in[at + tap]);
                p0 = value.fma(weight, p0);
                value = FloatVector.broadcast(SPECIES, in[at + tap + RGB]);
                p1 = value.fma(weight, p1);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 2 * RGB]);
                p2 = value.fma(weight, p2);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 3 * RGB]);
                p3 = value.fma(weight, p3);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 4 * RGB]);
                p4 = value.fma(weight, p4);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 5 * RGB]);
                p5 = value.fma(weight, p5);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 6 * RGB]);
                p6 = value.fma(weight, p6);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 7 * RGB]);
                p7 = value.fma(weight, p7);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 8 * RGB]);
                p8 = value.fma(weight, p8);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 9 * RGB]);
                p9 = value.fma(weight, p9);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 10 * RGB]);
                p10 = value.fma(weight, p10);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 11 * RGB]);
                p11 = value.fma(weight, p11);
            }
        }
        int step = group.outStride;
        p0.intoArray(out, to);
        p1.intoArray(out, to + step);
        p2.intoArray(out, to + 2 * step);
        p3.intoArray(out, to + 3 * step);
        p4.intoArray(out, to + 4 * step);
        p5.intoArray(out, to + 5 * step);
        p6.intoArray(out, to + 6 * step);
        p7.intoArray(out, to + 7 * step);
        p8.intoArray(out, to + 8 * step);
        p9.intoArray(out, to + 9 * step);
        p10.intoArray(out, to + 10 * step);
        p11.intoArray(out, to + 11 * step);
    }

    private static void tile12x1(
            Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        int stride = group.inStride;
        int taps = group.taps;
        float[] weights = group.weights;
        FloatVector bias = FloatVector.fromArray(SPECIES, group.bias, ORIGIN);
        FloatVector p0 = bias;
        FloatVector p1 = bias;
        FloatVector p2 = bias;
        FloatVector p3 = bias;
        FloatVector p4 = bias;
        FloatVector p5 = bias;
        FloatVector p6 = bias;
        FloatVector p7 = bias;
        FloatVector p8 = bias;
        FloatVector p9 = bias;
        FloatVector p10 = bias;
        FloatVector p11 = bias;
        for (int ky = 0; ky < 3; ky++) {
            float[] in = ky == 0 ? above : ky == 1 ? row : below;
            int base = w + ky * taps * LANES;
            for (int tap = 0; tap < taps; tap++) {
                FloatVector weight = FloatVector.fromArray(SPECIES, weights, base + tap * LANES);
                FloatVector value = FloatVector.broadcast(SPECIES, in[at + tap]);
                p0 = value.fma(weight, p0);
                value = FloatVector.broadcast(SPECIES, in[at + tap + stride]);
                p1 = value.fma(weight, p1);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 2 * stride]);
                p2 = value.fma(weight, p2);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 3 * stride]);
                p3 = value.fma(weight, p3);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 4 * stride]);
                p4 = value.fma(weight, p4);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 5 * stride]);
                p5 = value.fma(weight, p5);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 6 * stride]);
                p6 = value.fma(weight, p6);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 7 * stride]);
                p7 = value.fma(weight, p7);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 8 * stride]);
                p8 = value.fma(weight, p8);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 9 * stride]);
                p9 = value.fma(weight, p9);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 10 * stride]);
                p10 = value.fma(weight, p10);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 11 * stride]);
                p11 = value.fma(weight, p11);
            }
        }
        int step = group.outStride;
        p0.intoArray(out, to);
        p1.intoArray(out, to + step);
        p2.intoArray(out, to + 2 * step);
        p3.intoArray(out, to + 3 * step);
        p4.intoArray(out, to + 4 * step);
        p5.intoArray(out, to + 5 * step);
        p6.intoArray(out, to + 6 * step);
        p7.intoArray(out, to + 7 * step);
        p8.intoArray(out, to + 8 * step);
        p9.intoArray(out, to + 9 * step);
        p10.intoArray(out, to + 10 * step);
        p11.intoArray(out, to + 11 * step);
    }

    private static void tile12x2(
            Group group, float[] above, float[] row, float[] below, int at, int w, float[] out, int to) {
        int stride = group.inStride;
        int taps = group.taps;
        float[] weights = group.weights;
        FloatVector biasA = FloatVector.fromArray(SPECIES, group.bias, ORIGIN);
        FloatVector biasB = FloatVector.fromArray(SPECIES, group.bias, ORIGIN + LANES);
        FloatVector p0a = biasA;
        FloatVector p0b = biasB;
        FloatVector p1a = biasA;
        FloatVector p1b = biasB;
        FloatVector p2a = biasA;
        FloatVector p2b = biasB;
        FloatVector p3a = biasA;
        FloatVector p3b = biasB;
        FloatVector p4a = biasA;
        FloatVector p4b = biasB;
        FloatVector p5a = biasA;
        FloatVector p5b = biasB;
        FloatVector p6a = biasA;
        FloatVector p6b = biasB;
        FloatVector p7a = biasA;
        FloatVector p7b = biasB;
        FloatVector p8a = biasA;
        FloatVector p8b = biasB;
        FloatVector p9a = biasA;
        FloatVector p9b = biasB;
        FloatVector p10a = biasA;
        FloatVector p10b = biasB;
        FloatVector p11a = biasA;
        FloatVector p11b = biasB;
        for (int ky = 0; ky < 3; ky++) {
            float[] in = ky == 0 ? above : ky == 1 ? row : below;
            int base = w + ky * taps * 2 * LANES;
            for (int tap = 0; tap < taps; tap++) {
                FloatVector weightA = FloatVector.fromArray(SPECIES, weights, base + tap * 2 * LANES);
                FloatVector weightB = FloatVector.fromArray(SPECIES, weights, base + tap * 2 * LANES + LANES);
                FloatVector value = FloatVector.broadcast(SPECIES, in[at + tap]);
                p0a = value.fma(weightA, p0a);
                p0b = value.fma(weightB, p0b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + stride]);
                p1a = value.fma(weightA, p1a);
                p1b = value.fma(weightB, p1b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 2 * stride]);
                p2a = value.fma(weightA, p2a);
                p2b = value.fma(weightB, p2b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 3 * stride]);
                p3a = value.fma(weightA, p3a);
                p3b = value.fma(weightB, p3b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 4 * stride]);
                p4a = value.fma(weightA, p4a);
                p4b = value.fma(weightB, p4b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 5 * stride]);
                p5a = value.fma(weightA, p5a);
                p5b = value.fma(weightB, p5b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 6 * stride]);
                p6a = value.fma(weightA, p6a);
                p6b = value.fma(weightB, p6b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 7 * stride]);
                p7a = value.fma(weightA, p7a);
                p7b = value.fma(weightB, p7b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 8 * stride]);
                p8a = value.fma(weightA, p8a);
                p8b = value.fma(weightB, p8b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 9 * stride]);
                p9a = value.fma(weightA, p9a);
                p9b = value.fma(weightB, p9b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 10 * stride]);
                p10a = value.fma(weightA, p10a);
                p10b = value.fma(weightB, p10b);
                value = FloatVector.broadcast(SPECIES, in[at + tap + 11 * stride]);
                p11a = value.fma(weightA, p11a);
                p11b = value.fma(weightB, p11b);
            }
        }
        int step = group.outStride;
        p0a.intoArray(out, to);
        p0b.intoArray(out, to + LANES);
        p1a.intoArray(out, to + step);
        p1b.intoArray(out, to + step + LANES);
        p2a.intoArray(out, to + 2 * step);
        p2b.intoArray(out, to + 2 * step + LANES);
        p3a.intoArray(out, to + 3 * step);
        p3b.intoArray(out, to + 3 * step + LANES);
        p4a.intoArray(out, to + 4 * step);
        p4b.intoArray(out, to + 4 * step + LANES);
        p5a.intoArray(out, to + 5 * step);
        p5b.intoArray(out, to + 5 * step + LANES);
        p6a.intoArray(out, to + 6 * step);
        p6b.intoArray(out, to + 6 * step + LANES);
        p7a.intoArray(out, to + 7 * step);
        p7b.intoArray(out, to + 7 * step + LANES);
        p8a.intoArray(out, to + 8 * step);
        p8b.intoArray(out, to + 8 * step + LANES);
        p9a.intoArray(out, to + 9 * step);
        p9b.intoArray(out, to + 9 * step + LANES);
        p10a.intoArray(out, to + 10 * step);
        p10b.intoArray(out, to + 10 * step + LANES);
        p11a.intoArray(out, to + 11 * step);
        p11b.intoArray(out, to + 11 * step + LANES);
    }
}
