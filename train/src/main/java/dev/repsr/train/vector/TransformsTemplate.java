package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Transforms} in vectors. Constants: floats in a vector; floats from pixel to pixel; tiles along a side; 1 if gradients have an extra part. */
final class TransformsTemplate implements Transforms {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final int C = Templates.constant(MethodHandles.lookup(), 1);
    private static final int TILES = Templates.constant(MethodHandles.lookup(), 2);
    private static final boolean EXTRA = Templates.constant(MethodHandles.lookup(), 3) == 1;
    private static final int SIDE = VectorConv.TILE * TILES;
    private static final int ROW = (SIDE + 2) * C;
    private static final int LINE = VectorConv.line(TILES, C);
    private static final int PLANE = VectorConv.plane(TILES * TILES, C);
    private static final VectorSpecies<Float> S = Width.species(LANES);

    private static FloatVector at(float[] a, int index) {
        return FloatVector.fromArray(S, a, index);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(S, value);
    }

    @Override
    public void input(float[] z, float[] slope, float[] lines, float[] u) {
        for (int r = 0; r < TILES; r++) {
            for (int c = 0; c < C; c += LANES) {
                int from = ORIGIN + VectorConv.TILE * r * ROW + c;
                inputColumns(z, from, slope, ORIGIN + c, lines, ORIGIN + c);
            }
            for (int k = 0; k < 6; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int to = ORIGIN + 6 * k * PLANE + r * TILES * C + c;
                    inputRow(lines, ORIGIN + k * LINE + c, u, to);
                }
            }
        }
    }

    private static void inputColumns(float[] z, int from, float[] slope, int slopeAt, float[] lines, int to) {
        FloatVector s = at(slope, slopeAt);
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m2 = all(-2);
        FloatVector m4 = all(-4);
        FloatVector m5 = all(-5);
        for (int x = 0; x < SIDE + 2; x++) {
            int i = from + x * C;
            int j = to + x * C;
            FloatVector d0 = activated(z, i, s);
            FloatVector d1 = activated(z, i + ROW, s);
            FloatVector d2 = activated(z, i + 2 * ROW, s);
            FloatVector d3 = activated(z, i + 3 * ROW, s);
            FloatVector d4 = activated(z, i + 4 * ROW, s);
            FloatVector d5 = activated(z, i + 5 * ROW, s);
            FloatVector a = d2.fma(m4, d4);
            FloatVector b = d1.fma(m4, d3);
            FloatVector c = d4.sub(d2);
            FloatVector d = d3.sub(d1);
            d0.fma(k4, d2.fma(m5, d4)).intoArray(lines, j);
            a.add(b).intoArray(lines, j + LINE);
            a.sub(b).intoArray(lines, j + 2 * LINE);
            d.fma(k2, c).intoArray(lines, j + 3 * LINE);
            d.fma(m2, c).intoArray(lines, j + 4 * LINE);
            d1.fma(k4, d3.fma(m5, d5)).intoArray(lines, j + 5 * LINE);
        }
    }

    private static FloatVector activated(float[] z, int index, FloatVector slope) {
        FloatVector d = at(z, index);
        return d.mul(slope, d.lt(0f));
    }

    private static void inputRow(float[] lines, int from, float[] u, int to) {
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m2 = all(-2);
        FloatVector m4 = all(-4);
        FloatVector m5 = all(-5);
        for (int t = 0; t < TILES; t++) {
            int i = from + t * 4 * C;
            int j = to + t * C;
            FloatVector d0 = at(lines, i);
            FloatVector d1 = at(lines, i + C);
            FloatVector d2 = at(lines, i + 2 * C);
            FloatVector d3 = at(lines, i + 3 * C);
            FloatVector d4 = at(lines, i + 4 * C);
            FloatVector d5 = at(lines, i + 5 * C);
            FloatVector a = d2.fma(m4, d4);
            FloatVector b = d1.fma(m4, d3);
            FloatVector c = d4.sub(d2);
            FloatVector d = d3.sub(d1);
            d0.fma(k4, d2.fma(m5, d4)).intoArray(u, j);
            a.add(b).intoArray(u, j + PLANE);
            a.sub(b).intoArray(u, j + 2 * PLANE);
            d.fma(k2, c).intoArray(u, j + 3 * PLANE);
            d.fma(m2, c).intoArray(u, j + 4 * PLANE);
            d1.fma(k4, d3.fma(m5, d5)).intoArray(u, j + 5 * PLANE);
        }
    }

    @Override
    public void output(float[] p, float[] bias, float[] lines, float[] out) {
        for (int r = 0; r < TILES; r++) {
            for (int k = 0; k < 6; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int from = ORIGIN + 6 * k * PLANE + r * TILES * C + c;
                    outputRow(p, from, lines, ORIGIN + k * LINE + c);
                }
            }
            for (int c = 0; c < C; c += LANES) {
                int to = ORIGIN + (4 * r + 1) * ROW + C + c;
                outputColumns(lines, ORIGIN + c, bias, ORIGIN + c, out, to);
            }
        }
    }

    private static void outputRow(float[] p, int from, float[] lines, int to) {
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector k8 = all(8);
        for (int t = 0; t < TILES; t++) {
            int i = from + t * C;
            int j = to + t * 4 * C;
            FloatVector m1 = at(p, i + PLANE);
            FloatVector m2 = at(p, i + 2 * PLANE);
            FloatVector m3 = at(p, i + 3 * PLANE);
            FloatVector m4 = at(p, i + 4 * PLANE);
            FloatVector s = m1.add(m2);
            FloatVector d = m1.sub(m2);
            FloatVector s2 = m3.add(m4);
            FloatVector d2 = m3.sub(m4);
            at(p, i).add(s).add(s2).intoArray(lines, j);
            d2.fma(k2, d).intoArray(lines, j + C);
            s2.fma(k4, s).intoArray(lines, j + 2 * C);
            d2.fma(k8, d).add(at(p, i + 5 * PLANE)).intoArray(lines, j + 3 * C);
        }
    }

    private static void outputColumns(float[] lines, int from, float[] bias, int biasAt, float[] out, int to) {
        FloatVector b = at(bias, biasAt);
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector k8 = all(8);
        for (int x = 0; x < SIDE; x++) {
            int i = from + x * C;
            int j = to + x * C;
            FloatVector m1 = at(lines, i + LINE);
            FloatVector m2 = at(lines, i + 2 * LINE);
            FloatVector m3 = at(lines, i + 3 * LINE);
            FloatVector m4 = at(lines, i + 4 * LINE);
            FloatVector s = m1.add(m2);
            FloatVector d = m1.sub(m2);
            FloatVector s2 = m3.add(m4);
            FloatVector d2 = m3.sub(m4);
            at(lines, i).add(s).add(s2).add(b).intoArray(out, j);
            d2.fma(k2, d).add(b).intoArray(out, j + ROW);
            s2.fma(k4, s).add(b).intoArray(out, j + 2 * ROW);
            d2.fma(k8, d).add(at(lines, i + 5 * LINE)).add(b).intoArray(out, j + 3 * ROW);
        }
    }

    @Override
    public void gradient(float[] dz, float[] bias, float[] lines, float[] v) {
        for (int r = 0; r < TILES; r++) {
            for (int c = 0; c < C; c += LANES) {
                int from = ORIGIN + (4 * r + 1) * ROW + C + c;
                gradientColumns(dz, from, bias, ORIGIN + c, lines, ORIGIN + c);
            }
            for (int k = 0; k < 6; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int to = ORIGIN + 6 * k * PLANE + r * TILES * C + c;
                    gradientRow(lines, ORIGIN + k * LINE + c, v, to);
                }
            }
        }
    }

    private static void gradientColumns(float[] dz, int from, float[] bias, int biasAt, float[] lines, int to) {
        FloatVector sum = at(bias, biasAt);
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m2 = all(-2);
        for (int x = 0; x < SIDE; x++) {
            int i = from + x * C;
            int j = to + x * C;
            FloatVector d0 = at(dz, i);
            FloatVector d1 = at(dz, i + ROW);
            FloatVector d2 = at(dz, i + 2 * ROW);
            FloatVector d3 = at(dz, i + 3 * ROW);
            FloatVector e = d0.add(d2);
            FloatVector o = d1.add(d3);
            FloatVector e2 = d2.fma(k4, d0);
            FloatVector o2 = d3.fma(k4, d1);
            FloatVector all = e.add(o);
            sum = sum.add(all);
            d0.intoArray(lines, j);
            all.intoArray(lines, j + LINE);
            e.sub(o).intoArray(lines, j + 2 * LINE);
            o2.fma(k2, e2).intoArray(lines, j + 3 * LINE);
            o2.fma(m2, e2).intoArray(lines, j + 4 * LINE);
            d3.intoArray(lines, j + 5 * LINE);
        }
        sum.intoArray(bias, biasAt);
    }

    private static void gradientRow(float[] lines, int from, float[] v, int to) {
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m2 = all(-2);
        for (int t = 0; t < TILES; t++) {
            int i = from + t * 4 * C;
            int j = to + t * C;
            FloatVector d0 = at(lines, i);
            FloatVector d1 = at(lines, i + C);
            FloatVector d2 = at(lines, i + 2 * C);
            FloatVector d3 = at(lines, i + 3 * C);
            FloatVector e = d0.add(d2);
            FloatVector o = d1.add(d3);
            FloatVector e2 = d2.fma(k4, d0);
            FloatVector o2 = d3.fma(k4, d1);
            d0.intoArray(v, j);
            e.add(o).intoArray(v, j + PLANE);
            e.sub(o).intoArray(v, j + 2 * PLANE);
            o2.fma(k2, e2).intoArray(v, j + 3 * PLANE);
            o2.fma(m2, e2).intoArray(v, j + 4 * PLANE);
            d3.intoArray(v, j + 5 * PLANE);
        }
    }

    @Override
    public void inputGradient(
            float[] p,
            float[] extra,
            float[] z,
            float[] slope,
            float[] slopeGradient,
            float[] lines,
            float[] carry,
            float[] dz) {
        Arrays.fill(carry, 0);
        for (int r = 0; r < TILES; r++) {
            for (int k = 0; k < 6; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int from = ORIGIN + 6 * k * PLANE + r * TILES * C + c;
                    backRow(p, from, lines, ORIGIN + k * LINE + c);
                }
            }
            for (int c = 0; c < C; c += LANES) {
                int to = ORIGIN + 4 * r * ROW + C + c;
                backColumns(lines, c, carry, extra, z, slope, slopeGradient, dz, to);
            }
        }
        for (int c = 0; c < C; c += LANES) {
            int to = ORIGIN + 4 * TILES * ROW + C + c;
            backLast(carry, c, extra, z, slope, slopeGradient, dz, to);
        }
    }

    private static void backRow(float[] p, int from, float[] lines, int to) {
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m4 = all(-4);
        FloatVector m5 = all(-5);
        FloatVector carry0 = FloatVector.zero(S);
        FloatVector carry1 = carry0;
        for (int t = 0; t < TILES; t++) {
            int i = from + t * C;
            int j = to + t * 4 * C;
            FloatVector m0 = at(p, i);
            FloatVector p1 = at(p, i + PLANE);
            FloatVector p2 = at(p, i + 2 * PLANE);
            FloatVector p3 = at(p, i + 3 * PLANE);
            FloatVector p4 = at(p, i + 4 * PLANE);
            FloatVector p5 = at(p, i + 5 * PLANE);
            FloatVector s = p1.add(p2);
            FloatVector d = p1.sub(p2);
            FloatVector s2 = p3.add(p4);
            FloatVector d2 = p3.sub(p4);
            m0.mul(k4).add(carry0).intoArray(lines, j);
            p5.sub(d).fma(k4, d2.mul(-2f)).add(carry1).intoArray(lines, j + C);
            m0.fma(m5, s.fma(m4, s2.neg())).intoArray(lines, j + 2 * C);
            p5.fma(m5, d2.fma(k2, d)).intoArray(lines, j + 3 * C);
            carry0 = m0.add(s).add(s2);
            carry1 = p5;
        }
        carry0.intoArray(lines, to + TILES * 4 * C);
    }

    private static void backColumns(
            float[] lines,
            int c,
            float[] carry,
            float[] extra,
            float[] z,
            float[] slope,
            float[] slopeGradient,
            float[] dz,
            int to) {
        FloatVector sl = at(slope, ORIGIN + c);
        FloatVector sum = at(slopeGradient, ORIGIN + c);
        FloatVector zero = FloatVector.zero(S);
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector m4 = all(-4);
        FloatVector m5 = all(-5);
        for (int x = 0; x < SIDE; x++) {
            int i = ORIGIN + C + c + x * C;
            int j = to + x * C;
            int k = ORIGIN + c + x * C;
            FloatVector m0 = at(lines, i);
            FloatVector p1 = at(lines, i + LINE);
            FloatVector p2 = at(lines, i + 2 * LINE);
            FloatVector p3 = at(lines, i + 3 * LINE);
            FloatVector p4 = at(lines, i + 4 * LINE);
            FloatVector p5 = at(lines, i + 5 * LINE);
            FloatVector s = p1.add(p2);
            FloatVector d = p1.sub(p2);
            FloatVector s2 = p3.add(p4);
            FloatVector d2 = p3.sub(p4);
            FloatVector x0 = with(extra, j, m0.mul(k4).add(at(carry, k)));
            FloatVector x1 = with(extra, j + ROW, p5.sub(d).fma(k4, d2.mul(-2f)).add(at(carry, k + LINE)));
            FloatVector x2 = with(extra, j + 2 * ROW, m0.fma(m5, s.fma(m4, s2.neg())));
            FloatVector x3 = with(extra, j + 3 * ROW, p5.fma(m5, d2.fma(k2, d)));
            m0.add(s).add(s2).intoArray(carry, k);
            p5.intoArray(carry, k + LINE);
            FloatVector z0 = at(z, j);
            FloatVector z1 = at(z, j + ROW);
            FloatVector z2 = at(z, j + 2 * ROW);
            FloatVector z3 = at(z, j + 3 * ROW);
            sum = x3.fma(z3.min(zero), x2.fma(z2.min(zero), x1.fma(z1.min(zero), x0.fma(z0.min(zero), sum))));
            x0.mul(sl, z0.lt(0f)).intoArray(dz, j);
            x1.mul(sl, z1.lt(0f)).intoArray(dz, j + ROW);
            x2.mul(sl, z2.lt(0f)).intoArray(dz, j + 2 * ROW);
            x3.mul(sl, z3.lt(0f)).intoArray(dz, j + 3 * ROW);
        }
        sum.intoArray(slopeGradient, ORIGIN + c);
    }

    private static FloatVector with(float[] extra, int index, FloatVector gradient) {
        return EXTRA ? gradient.add(at(extra, index)) : gradient;
    }

    /** The last row, which no tile begins in. */
    private static void backLast(
            float[] carry, int c, float[] extra, float[] z, float[] slope, float[] slopeGradient, float[] dz, int to) {
        FloatVector sl = at(slope, ORIGIN + c);
        FloatVector sum = at(slopeGradient, ORIGIN + c);
        FloatVector zero = FloatVector.zero(S);
        for (int x = 0; x < SIDE; x++) {
            int j = to + x * C;
            FloatVector dx = with(extra, j, at(carry, ORIGIN + c + x * C));
            FloatVector z0 = at(z, j);
            sum = dx.fma(z0.min(zero), sum);
            dx.mul(sl, z0.lt(0f)).intoArray(dz, j);
        }
        sum.intoArray(slopeGradient, ORIGIN + c);
    }
}
