package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link KernelTransforms} in vectors. Constant: floats in a vector. */
final class KernelTransformsTemplate implements KernelTransforms {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final VectorSpecies<Float> S = Width.species(LANES);

    private static final float[] ZEROS = new float[LANES];

    private static FloatVector at(float[] a, int index) {
        return FloatVector.fromArray(S, a, index);
    }

    @Override
    public void forward(float[] kernel, int step, float[] transformed, int to) {
        float[] half = new float[18 * LANES];
        for (int i = 0; i < step; i += LANES) {
            for (int x = 0; x < 3; x++) {
                up(kernel, ORIGIN + i + x * step, 3 * step, half, x * LANES, 3 * LANES);
            }
            for (int k = 0; k < 6; k++) {
                up(half, 3 * k * LANES, LANES, transformed, to + i + 6 * k * step, step);
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
        float[] half = new float[18 * LANES];
        for (int i = ORIGIN; i < ORIGIN + step; i += LANES) {
            for (int x = 0; x < 6; x++) {
                down(transformed, i + x * step, 6 * step, ZEROS, 0, half, x * LANES, 6 * LANES);
            }
            for (int k = 0; k < 3; k++) {
                down(half, 6 * k * LANES, LANES, kernel, step, kernel, i + 3 * k * step, step);
            }
        }
    }

    /** G^T times six values, plus what is {@code more} in {@code base} from there on. */
    private static void down(float[] from, int at, int step, float[] base, int more, float[] to, int index, int out) {
        FloatVector m1 = at(from, at + step);
        FloatVector m2 = at(from, at + 2 * step);
        FloatVector m3 = at(from, at + 3 * step);
        FloatVector m4 = at(from, at + 4 * step);
        FloatVector s = m1.add(m2).mul(-1f / 6);
        FloatVector s2 = m3.add(m4);
        int b = more == 0 ? 0 : index;
        at(from, at).mul(0.25f).add(s).add(s2.mul(1f / 24)).add(at(base, b)).intoArray(to, index);
        m2.sub(m1)
                .mul(1f / 6)
                .add(m3.sub(m4).mul(1f / 12))
                .add(at(base, b + more))
                .intoArray(to, index + out);
        s.add(s2.mul(1f / 6))
                .add(at(from, at + 5 * step))
                .add(at(base, b + 2 * more))
                .intoArray(to, index + 2 * out);
    }
}
