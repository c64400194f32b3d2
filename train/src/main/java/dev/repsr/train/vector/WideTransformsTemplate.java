package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link WideTransforms} in vectors. Constants: floats in a vector; floats from pixel to pixel. */
final class WideTransformsTemplate implements WideTransforms {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final int C = Templates.constant(MethodHandles.lookup(), 1);
    private static final VectorSpecies<Float> S = Width.species(LANES);

    private static FloatVector at(float[] a, int index) {
        return FloatVector.fromArray(S, a, index);
    }

    private static FloatVector all(double value) {
        return FloatVector.broadcast(S, (float) value);
    }

    @Override
    public void input(float[] x, int row, int tiles, float[] lines, float[] u, int plane) {
        int line = VectorStatistics.line(tiles, C);
        for (int r = 0; r < tiles; r++) {
            for (int c = 0; c < C; c += LANES) {
                int from = ORIGIN + 4 * r * row + c;
                inputLine(x, from, row, C, 4 * tiles + 4, lines, ORIGIN + c, line);
            }
            for (int k = 0; k < 8; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int to = ORIGIN + 8 * k * plane + r * tiles * C + c;
                    inputLine(lines, ORIGIN + k * line + c, C, 4 * C, tiles, u, to, plane);
                }
            }
        }
    }

    /** B^T of eight values, {@code step} apart, again and again: {@code next} further on, and {@code C} further in the output. */
    private static void inputLine(
            float[] from, int at, int step, int next, int count, float[] to, int index, int plane) {
        FloatVector k525 = all(5.25);
        FloatVector m425 = all(-4.25);
        FloatVector k025 = all(0.25);
        FloatVector m125 = all(-1.25);
        FloatVector k05 = all(0.5);
        FloatVector m25 = all(-2.5);
        FloatVector k4 = all(4);
        FloatVector m5 = all(-5);
        for (int x = 0; x < count; x++) {
            int i = at + x * next;
            int j = index + x * C;
            FloatVector d0 = at(from, i);
            FloatVector d1 = at(from, i + step);
            FloatVector d2 = at(from, i + 2 * step);
            FloatVector d3 = at(from, i + 3 * step);
            FloatVector d4 = at(from, i + 4 * step);
            FloatVector d5 = at(from, i + 5 * step);
            FloatVector d6 = at(from, i + 6 * step);
            FloatVector d7 = at(from, i + 7 * step);
            FloatVector a = d4.fma(m425, d2.add(d6));
            FloatVector b = d3.fma(m425, d1.add(d5));
            FloatVector a3 = d2.fma(k025, d4.fma(m125, d6));
            FloatVector b3 = d1.fma(k05, d3.fma(m25, d5.add(d5)));
            FloatVector a5 = d2.fma(k4, d4.fma(m5, d6));
            FloatVector b5 = d5.fma(k05, d3.fma(m25, d1.add(d1)));
            d4.sub(d2).fma(k525, d0.sub(d6)).intoArray(to, j);
            a.add(b).intoArray(to, j + plane);
            a.sub(b).intoArray(to, j + 2 * plane);
            a3.add(b3).intoArray(to, j + 3 * plane);
            a3.sub(b3).intoArray(to, j + 4 * plane);
            a5.add(b5).intoArray(to, j + 5 * plane);
            a5.sub(b5).intoArray(to, j + 6 * plane);
            d3.sub(d5).fma(k525, d7.sub(d1)).intoArray(to, j + 7 * plane);
        }
    }

    @Override
    public void gradient(float[] x, int row, int tiles, float[] lines, float[] v, int plane) {
        int line = VectorStatistics.line(tiles, C);
        for (int r = 0; r < tiles; r++) {
            for (int c = 0; c < C; c += LANES) {
                int from = ORIGIN + (4 * r + 2) * row + 2 * C + c;
                gradientLine(x, from, row, C, 4 * tiles, lines, ORIGIN + c, line);
            }
            for (int k = 0; k < 8; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int to = ORIGIN + 8 * k * plane + r * tiles * C + c;
                    gradientLine(lines, ORIGIN + k * line + c, C, 4 * C, tiles, v, to, plane);
                }
            }
        }
    }

    /** A of four values. */
    private static void gradientLine(
            float[] from, int at, int step, int next, int count, float[] to, int index, int plane) {
        FloatVector k4 = all(4);
        FloatVector k2 = all(2);
        FloatVector m2 = all(-2);
        FloatVector k025 = all(0.25);
        FloatVector k05 = all(0.5);
        FloatVector m05 = all(-0.5);
        for (int x = 0; x < count; x++) {
            int i = at + x * next;
            int j = index + x * C;
            FloatVector d0 = at(from, i);
            FloatVector d1 = at(from, i + step);
            FloatVector d2 = at(from, i + 2 * step);
            FloatVector d3 = at(from, i + 3 * step);
            FloatVector e = d0.add(d2);
            FloatVector o = d1.add(d3);
            FloatVector e2 = d2.fma(k4, d0);
            FloatVector o2 = d3.fma(k4, d1);
            FloatVector e3 = d2.fma(k025, d0);
            FloatVector o3 = d3.fma(k025, d1);
            d0.intoArray(to, j);
            e.add(o).intoArray(to, j + plane);
            e.sub(o).intoArray(to, j + 2 * plane);
            o2.fma(k2, e2).intoArray(to, j + 3 * plane);
            o2.fma(m2, e2).intoArray(to, j + 4 * plane);
            o3.fma(k05, e3).intoArray(to, j + 5 * plane);
            o3.fma(m05, e3).intoArray(to, j + 6 * plane);
            d3.intoArray(to, j + 7 * plane);
        }
    }

    @Override
    public void output(float[] p, int plane, int tiles, float[] lines, float[] out, int row) {
        int line = VectorStatistics.line(tiles, C);
        for (int r = 0; r < tiles; r++) {
            for (int k = 0; k < 8; k++) {
                for (int c = 0; c < C; c += LANES) {
                    int from = ORIGIN + 8 * k * plane + r * tiles * C + c;
                    outputLine(p, from, plane, tiles, lines, ORIGIN + k * line + c, 4 * C, C);
                }
            }
            for (int c = 0; c < C; c += LANES) {
                int to = ORIGIN + (4 * r + 1) * row + C + c;
                outputLine(lines, ORIGIN + c, line, 4 * tiles, out, to, C, row);
            }
        }
    }

    /** A^T of eight values, {@code step} apart: four values, {@code apart} from each other. */
    private static void outputLine(
            float[] from, int at, int step, int count, float[] to, int index, int next, int apart) {
        FloatVector k2 = all(2);
        FloatVector k4 = all(4);
        FloatVector k8 = all(8);
        FloatVector k05 = all(0.5);
        FloatVector k025 = all(0.25);
        FloatVector k0125 = all(0.125);
        for (int x = 0; x < count; x++) {
            int i = at + x * C;
            int j = index + x * next;
            FloatVector m1 = at(from, i + step);
            FloatVector m2 = at(from, i + 2 * step);
            FloatVector m3 = at(from, i + 3 * step);
            FloatVector m4 = at(from, i + 4 * step);
            FloatVector m5 = at(from, i + 5 * step);
            FloatVector m6 = at(from, i + 6 * step);
            FloatVector s = m1.add(m2);
            FloatVector d = m1.sub(m2);
            FloatVector s2 = m3.add(m4);
            FloatVector d2 = m3.sub(m4);
            FloatVector s3 = m5.add(m6);
            FloatVector d3 = m5.sub(m6);
            at(from, i).add(s).add(s2.add(s3)).intoArray(to, j);
            d2.fma(k2, d3.fma(k05, d)).intoArray(to, j + apart);
            s2.fma(k4, s3.fma(k025, s)).intoArray(to, j + 2 * apart);
            d2.fma(k8, d3.fma(k0125, d)).add(at(from, i + 7 * step)).intoArray(to, j + 3 * apart);
        }
    }

    @Override
    public void map(float[] map, int step, float[] transformed) {
        float[] half = new float[40 * LANES];
        for (int i = 0; i < step; i += LANES) {
            for (int x = 0; x < 5; x++) {
                up(map, ORIGIN + i + x * step, 5 * step, half, x * LANES, 5 * LANES);
            }
            for (int k = 0; k < 8; k++) {
                up(half, 5 * k * LANES, LANES, transformed, ORIGIN + i + 8 * k * step, step);
            }
        }
    }

    /** G times five values. */
    private static void up(float[] from, int at, int step, float[] to, int index, int out) {
        FloatVector g0 = at(from, at);
        FloatVector g1 = at(from, at + step);
        FloatVector g2 = at(from, at + 2 * step);
        FloatVector g3 = at(from, at + 3 * step);
        FloatVector g4 = at(from, at + 4 * step);
        FloatVector e = g0.add(g2).add(g4).mul(all(-2.0 / 9));
        FloatVector o = g1.add(g3).mul(all(-2.0 / 9));
        FloatVector e2 = g0.mul(all(1.0 / 90)).add(g2.mul(all(2.0 / 45))).add(g4.mul(all(8.0 / 45)));
        FloatVector o2 = g1.mul(all(1.0 / 45)).add(g3.mul(all(4.0 / 45)));
        FloatVector e3 = g0.mul(all(32.0 / 45)).add(g2.mul(all(8.0 / 45))).add(g4.mul(all(2.0 / 45)));
        FloatVector o3 = g1.mul(all(16.0 / 45)).add(g3.mul(all(4.0 / 45)));
        g0.intoArray(to, index);
        e.add(o).intoArray(to, index + out);
        e.sub(o).intoArray(to, index + 2 * out);
        e2.add(o2).intoArray(to, index + 3 * out);
        e2.sub(o2).intoArray(to, index + 4 * out);
        e3.add(o3).intoArray(to, index + 5 * out);
        e3.sub(o3).intoArray(to, index + 6 * out);
        g4.intoArray(to, index + 7 * out);
    }

    @Override
    public void sums(float[] m, int step, float[] sums) {
        float[] half = new float[40 * LANES];
        for (int i = 0; i < step; i += LANES) {
            for (int x = 0; x < 8; x++) {
                down(m, ORIGIN + i + x * step, 8 * step, half, x * LANES, 8 * LANES);
            }
            for (int k = 0; k < 5; k++) {
                down(half, 8 * k * LANES, LANES, sums, ORIGIN + i + 5 * k * step, step);
            }
        }
    }

    /** G^T times eight values. */
    private static void down(float[] from, int at, int step, float[] to, int index, int out) {
        FloatVector m1 = at(from, at + step);
        FloatVector m2 = at(from, at + 2 * step);
        FloatVector m3 = at(from, at + 3 * step);
        FloatVector m4 = at(from, at + 4 * step);
        FloatVector m5 = at(from, at + 5 * step);
        FloatVector m6 = at(from, at + 6 * step);
        FloatVector s = m1.add(m2).mul(all(-2.0 / 9));
        FloatVector d = m1.sub(m2).mul(all(-2.0 / 9));
        FloatVector s2 = m3.add(m4);
        FloatVector d2 = m3.sub(m4);
        FloatVector s3 = m5.add(m6);
        FloatVector d3 = m5.sub(m6);
        at(from, at)
                .add(s)
                .add(s2.mul(all(1.0 / 90)))
                .add(s3.mul(all(32.0 / 45)))
                .intoArray(to, index);
        d.add(d2.mul(all(1.0 / 45))).add(d3.mul(all(16.0 / 45))).intoArray(to, index + out);
        s.add(s2.mul(all(2.0 / 45))).add(s3.mul(all(8.0 / 45))).intoArray(to, index + 2 * out);
        d.add(d2.mul(all(4.0 / 45))).add(d3.mul(all(4.0 / 45))).intoArray(to, index + 3 * out);
        s.add(s2.mul(all(8.0 / 45)))
                .add(s3.mul(all(2.0 / 45)))
                .add(at(from, at + 7 * step))
                .intoArray(to, index + 4 * out);
    }
}
