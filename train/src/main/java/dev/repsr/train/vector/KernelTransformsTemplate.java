package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link KernelTransforms} in vectors. Constant: floats in a vector. */
final class KernelTransformsTemplate implements KernelTransforms {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final VectorSpecies<Float> S = Width.species(LANES);

    private static FloatVector at(float[] a, int index) {
        return FloatVector.fromArray(S, a, index);
    }

    @Override
    public void forward(float[] kernel, int at, int step, float[] transformed, int to) {
        float[] half = new float[ORIGIN + 18 * LANES];
        for (int i = 0; i < step; i += LANES) {
            for (int x = 0; x < 3; x++) {
                up(kernel, at + i + x * step, 3 * step, half, ORIGIN + x * LANES, 3 * LANES);
            }
            for (int k = 0; k < 6; k++) {
                up(half, ORIGIN + 3 * k * LANES, LANES, transformed, to + i + 6 * k * step, step);
            }
        }
    }

    /** G times three values. */
    private static void up(float[] from, int at, int step, float[] to, int index, int out) {
        FloatVector g0 = at(from, at);
        FloatVector g1 = at(from, at + step);
        FloatVector g2 = at(from, at + 2 * step);
        FloatVector ends = g0.add(g2);
        FloatVector e = ends.mul(-1f / 6);
        FloatVector o = g1.mul(1f / 6);
        FloatVector e2 = g2.mul(1f / 6).add(g0.mul(1f / 24));
        FloatVector o2 = g1.mul(1f / 12);
        g0.mul(0.25f).intoArray(to, index);
        e.sub(o).intoArray(to, index + out);
        e.add(o).intoArray(to, index + 2 * out);
        e2.add(o2).intoArray(to, index + 3 * out);
        e2.sub(o2).intoArray(to, index + 4 * out);
        g2.intoArray(to, index + 5 * out);
    }

    @Override
    public void backward(float[] transformed, int step, float[] kernel) {
        for (int i = 0; i < step; i += LANES) {
            down(transformed, ORIGIN + i, step, kernel, ORIGIN + i);
        }
    }

    /**
     * kernel += G^T m G. Written out: with the values between the two passes in an array it takes seven times as long, and in smaller
     * methods C2 leaves vectors boxed.
     */
    private static void down(float[] m, int from, int step, float[] kernel, int to) {
        FloatVector k4 = FloatVector.broadcast(S, 0.25f);
        FloatVector k6 = FloatVector.broadcast(S, 1f / 6);
        FloatVector m6 = FloatVector.broadcast(S, -1f / 6);
        FloatVector k12 = FloatVector.broadcast(S, 1f / 12);
        FloatVector k24 = FloatVector.broadcast(S, 1f / 24);
        FloatVector a0 = FloatVector.fromArray(S, m, from);
        FloatVector a1 = FloatVector.fromArray(S, m, from + step);
        FloatVector a2 = FloatVector.fromArray(S, m, from + 2 * step);
        FloatVector a3 = FloatVector.fromArray(S, m, from + 3 * step);
        FloatVector a4 = FloatVector.fromArray(S, m, from + 4 * step);
        FloatVector a5 = FloatVector.fromArray(S, m, from + 5 * step);
        FloatVector as = a1.add(a2);
        FloatVector at = a3.add(a4);
        FloatVector ap = at.fma(k24, as.fma(m6, a0.mul(k4)));
        FloatVector aq = a3.sub(a4).fma(k12, a1.sub(a2).mul(m6));
        FloatVector ar = at.sub(as).fma(k6, a5);
        FloatVector b0 = FloatVector.fromArray(S, m, from + 6 * step);
        FloatVector b1 = FloatVector.fromArray(S, m, from + 7 * step);
        FloatVector b2 = FloatVector.fromArray(S, m, from + 8 * step);
        FloatVector b3 = FloatVector.fromArray(S, m, from + 9 * step);
        FloatVector b4 = FloatVector.fromArray(S, m, from + 10 * step);
        FloatVector b5 = FloatVector.fromArray(S, m, from + 11 * step);
        FloatVector bs = b1.add(b2);
        FloatVector bt = b3.add(b4);
        FloatVector bp = bt.fma(k24, bs.fma(m6, b0.mul(k4)));
        FloatVector bq = b3.sub(b4).fma(k12, b1.sub(b2).mul(m6));
        FloatVector br = bt.sub(bs).fma(k6, b5);
        FloatVector c0 = FloatVector.fromArray(S, m, from + 12 * step);
        FloatVector c1 = FloatVector.fromArray(S, m, from + 13 * step);
        FloatVector c2 = FloatVector.fromArray(S, m, from + 14 * step);
        FloatVector c3 = FloatVector.fromArray(S, m, from + 15 * step);
        FloatVector c4 = FloatVector.fromArray(S, m, from + 16 * step);
        FloatVector c5 = FloatVector.fromArray(S, m, from + 17 * step);
        FloatVector cs = c1.add(c2);
        FloatVector ct = c3.add(c4);
        FloatVector cp = ct.fma(k24, cs.fma(m6, c0.mul(k4)));
        FloatVector cq = c3.sub(c4).fma(k12, c1.sub(c2).mul(m6));
        FloatVector cr = ct.sub(cs).fma(k6, c5);
        FloatVector d0 = FloatVector.fromArray(S, m, from + 18 * step);
        FloatVector d1 = FloatVector.fromArray(S, m, from + 19 * step);
        FloatVector d2 = FloatVector.fromArray(S, m, from + 20 * step);
        FloatVector d3 = FloatVector.fromArray(S, m, from + 21 * step);
        FloatVector d4 = FloatVector.fromArray(S, m, from + 22 * step);
        FloatVector d5 = FloatVector.fromArray(S, m, from + 23 * step);
        FloatVector ds = d1.add(d2);
        FloatVector dt = d3.add(d4);
        FloatVector dp = dt.fma(k24, ds.fma(m6, d0.mul(k4)));
        FloatVector dq = d3.sub(d4).fma(k12, d1.sub(d2).mul(m6));
        FloatVector dr = dt.sub(ds).fma(k6, d5);
        FloatVector e0 = FloatVector.fromArray(S, m, from + 24 * step);
        FloatVector e1 = FloatVector.fromArray(S, m, from + 25 * step);
        FloatVector e2 = FloatVector.fromArray(S, m, from + 26 * step);
        FloatVector e3 = FloatVector.fromArray(S, m, from + 27 * step);
        FloatVector e4 = FloatVector.fromArray(S, m, from + 28 * step);
        FloatVector e5 = FloatVector.fromArray(S, m, from + 29 * step);
        FloatVector es = e1.add(e2);
        FloatVector et = e3.add(e4);
        FloatVector ep = et.fma(k24, es.fma(m6, e0.mul(k4)));
        FloatVector eq = e3.sub(e4).fma(k12, e1.sub(e2).mul(m6));
        FloatVector er = et.sub(es).fma(k6, e5);
        FloatVector f0 = FloatVector.fromArray(S, m, from + 30 * step);
        FloatVector f1 = FloatVector.fromArray(S, m, from + 31 * step);
        FloatVector f2 = FloatVector.fromArray(S, m, from + 32 * step);
        FloatVector f3 = FloatVector.fromArray(S, m, from + 33 * step);
        FloatVector f4 = FloatVector.fromArray(S, m, from + 34 * step);
        FloatVector f5 = FloatVector.fromArray(S, m, from + 35 * step);
        FloatVector fs = f1.add(f2);
        FloatVector ft = f3.add(f4);
        FloatVector fp = ft.fma(k24, fs.fma(m6, f0.mul(k4)));
        FloatVector fq = f3.sub(f4).fma(k12, f1.sub(f2).mul(m6));
        FloatVector fr = ft.sub(fs).fma(k6, f5);
        FloatVector ps = bp.add(cp);
        FloatVector pt = dp.add(ep);
        pt.fma(k24, ps.fma(m6, ap.mul(k4)))
                .add(FloatVector.fromArray(S, kernel, to))
                .intoArray(kernel, to);
        dp.sub(ep)
                .fma(k12, bp.sub(cp).mul(m6))
                .add(FloatVector.fromArray(S, kernel, to + 3 * step))
                .intoArray(kernel, to + 3 * step);
        pt.sub(ps)
                .fma(k6, fp)
                .add(FloatVector.fromArray(S, kernel, to + 6 * step))
                .intoArray(kernel, to + 6 * step);
        FloatVector qs = bq.add(cq);
        FloatVector qt = dq.add(eq);
        qt.fma(k24, qs.fma(m6, aq.mul(k4)))
                .add(FloatVector.fromArray(S, kernel, to + step))
                .intoArray(kernel, to + step);
        dq.sub(eq)
                .fma(k12, bq.sub(cq).mul(m6))
                .add(FloatVector.fromArray(S, kernel, to + 4 * step))
                .intoArray(kernel, to + 4 * step);
        qt.sub(qs)
                .fma(k6, fq)
                .add(FloatVector.fromArray(S, kernel, to + 7 * step))
                .intoArray(kernel, to + 7 * step);
        FloatVector rs = br.add(cr);
        FloatVector rt = dr.add(er);
        rt.fma(k24, rs.fma(m6, ar.mul(k4)))
                .add(FloatVector.fromArray(S, kernel, to + 2 * step))
                .intoArray(kernel, to + 2 * step);
        dr.sub(er)
                .fma(k12, br.sub(cr).mul(m6))
                .add(FloatVector.fromArray(S, kernel, to + 5 * step))
                .intoArray(kernel, to + 5 * step);
        rt.sub(rs)
                .fma(k6, fr)
                .add(FloatVector.fromArray(S, kernel, to + 8 * step))
                .intoArray(kernel, to + 8 * step);
    }
}
