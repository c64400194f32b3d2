package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PixelRow} in vectors. Constants: floats in a vector; floats from pixel to pixel. */
final class PixelRowTemplate implements PixelRow {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final int C = Templates.constant(MethodHandles.lookup(), 1);
    private static final VectorSpecies<Float> S = Width.species(LANES);

    @Override
    public void activate(float[] z, int at, float[] slope, int pixels, float[] x, int to) {
        for (int c = 0; c < C; c += LANES) {
            FloatVector s = FloatVector.fromArray(S, slope, ORIGIN + c);
            for (int pixel = 0; pixel < pixels; pixel++) {
                FloatVector d = FloatVector.fromArray(S, z, at + pixel * C + c);
                d.mul(s, d.lt(0f)).intoArray(x, to + pixel * C + c);
            }
        }
    }

    @Override
    public void sum(float[] map, int at, int step, int pixels, float[] sum, int to) {
        for (int c = 0; c < C; c += LANES) {
            FloatVector even = FloatVector.fromArray(S, sum, to + c);
            FloatVector odd = FloatVector.zero(S);
            int pixel = 0;
            for (; pixel + 1 < pixels; pixel += 2) {
                even = even.add(FloatVector.fromArray(S, map, at + pixel * step + c));
                odd = odd.add(FloatVector.fromArray(S, map, at + (pixel + 1) * step + c));
            }
            if (pixel < pixels) {
                even = even.add(FloatVector.fromArray(S, map, at + pixel * step + c));
            }
            even.add(odd).intoArray(sum, to + c);
        }
    }
}
