package dev.repsr.train.vector;

import static dev.repsr.train.step.LossKernels.COLOURS;
import static dev.repsr.train.step.LossKernels.CORNER;

import dev.repsr.train.step.LossKernels;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowLoss} in vectors. Constants: floats in a vector; floats from pixel to pixel; places of an enlarged pixel; number of the
 * kind of loss.
 */
final class RowLossTemplate implements RowLoss {
    private static final int LANES = Templates.constant(MethodHandles.lookup(), 0);
    private static final int C = Templates.constant(MethodHandles.lookup(), 1);
    private static final int PLACES = Templates.constant(MethodHandles.lookup(), 2);
    private static final int KIND = Templates.constant(MethodHandles.lookup(), 3);
    private static final boolean ABSOLUTE = KIND == VectorLoss.ABSOLUTE;
    private static final boolean SQUARED = KIND == VectorLoss.SQUARED;
    private static final VectorSpecies<Float> S = Width.species(LANES);

    private static FloatVector at(float[] a, int index) {
        return FloatVector.fromArray(S, a, index);
    }

    @Override
    public double errors(float[] output, int at, float[] target, int targetAt, int length) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < length; i += LANES) {
            FloatVector error = at(output, at + i).sub(at(target, targetAt + i));
            sum = sum.add(error.abs());
            error.intoArray(output, at + i);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void luma(float[] errors, int at, int pixels, float[] luma) {
        FloatVector red = FloatVector.broadcast(S, LossKernels.luma(0));
        FloatVector green = FloatVector.broadcast(S, LossKernels.luma(1));
        FloatVector blue = FloatVector.broadcast(S, LossKernels.luma(2));
        for (int q = 0; q < PLACES; q += LANES) {
            VectorMask<Float> places = S.indexInRange(q, PLACES);
            for (int x = 0; x < pixels; x++) {
                int i = at + x * C + q;
                FloatVector sum = red.mul(at(errors, i));
                sum = green.fma(at(errors, i + PLACES), sum);
                sum = blue.fma(at(errors, i + 2 * PLACES), sum);
                FloatVector.zero(S).blend(sum, places).intoArray(luma, x * VectorLoss.LUMA_STRIDE + q);
            }
        }
    }

    @Override
    public double squares(float[] values, int at, int length) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = at; i < at + length; i += LANES) {
            FloatVector value = at(values, i);
            sum = value.fma(value, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void derive(float[] errors, int at, int length, float factor) {
        FloatVector f = FloatVector.broadcast(S, SQUARED ? 2 * factor : factor);
        FloatVector minus = f.neg();
        FloatVector zero = FloatVector.zero(S);
        FloatVector corner = FloatVector.broadcast(S, CORNER * CORNER);
        for (int i = at; i < at + length; i += LANES) {
            FloatVector error = at(errors, i);
            FloatVector derivative;
            if (ABSOLUTE) {
                derivative =
                        zero.blend(f, error.compare(VectorOperators.GT, 0f)).blend(minus, error.lt(0f));
            } else if (SQUARED) {
                derivative = error.mul(f);
            } else {
                derivative = error.mul(f).div(error.fma(error, corner).sqrt());
            }
            derivative.intoArray(errors, i);
        }
    }

    @Override
    public void takeLuma(float[] luma, float[] errors, int at, int pixels) {
        for (int q = 0; q < PLACES; q += LANES) {
            VectorMask<Float> places = S.indexInRange(q, PLACES);
            for (int x = 0; x < pixels; x++) {
                FloatVector taken = at(luma, x * VectorLoss.LUMA_STRIDE + q);
                for (int colour = 0; colour < COLOURS; colour++) {
                    int i = at + x * C + colour * PLACES + q;
                    at(errors, i).sub(taken).intoArray(errors, i, places);
                }
            }
        }
    }

    @Override
    public void takeColours(float[] gradient, int at, int pixels, float[] luma) {
        for (int q = 0; q < PLACES; q += LANES) {
            VectorMask<Float> places = S.indexInRange(q, PLACES);
            for (int x = 0; x < pixels; x++) {
                int i = at + x * C + q;
                int to = x * VectorLoss.LUMA_STRIDE + q;
                FloatVector left = at(luma, to).sub(at(gradient, i)).sub(at(gradient, i + PLACES));
                left.sub(at(gradient, i + 2 * PLACES)).intoArray(luma, to, places);
            }
        }
    }

    @Override
    public void addLuma(float[] luma, float[] gradient, int at, int pixels) {
        for (int q = 0; q < PLACES; q += LANES) {
            VectorMask<Float> places = S.indexInRange(q, PLACES);
            for (int x = 0; x < pixels; x++) {
                FloatVector derivative = at(luma, x * VectorLoss.LUMA_STRIDE + q);
                for (int colour = 0; colour < COLOURS; colour++) {
                    int i = at + x * C + colour * PLACES + q;
                    FloatVector sum = derivative.mul(LossKernels.luma(colour)).add(at(gradient, i));
                    sum.intoArray(gradient, i, places);
                }
            }
        }
    }
}
