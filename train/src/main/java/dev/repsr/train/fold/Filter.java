package dev.repsr.train.fold;

import java.util.Arrays;

/** A fixed 3x3 kernel on each output of a pointwise map: K[c, i, tap] = factor[c] taps[tap] K'[c, i]. */
final class Filter implements Stage {
    private final AffineMap before;
    private final AffineMap map;
    private final float[] taps = new float[9];
    private final float total;

    /** Index of the factors among the parameters, {@link Bias#NONE} where they are one. */
    private final int factorAt;

    private final Bias bias;

    Filter(AffineMap before, double[] taps, int factorAt, Bias bias) {
        this.before = before;
        this.factorAt = factorAt;
        this.bias = bias;
        map = AffineMap.own(before.in, before.out, 3, 3);
        for (int tap = 0; tap < 9; tap++) {
            this.taps[tap] = (float) taps[tap];
        }
        total = (float) Arrays.stream(taps).sum();
    }

    @Override
    public AffineMap map() {
        return map;
    }

    private float factor(float[] parameters, int c) {
        return factorAt == Bias.NONE ? 1 : parameters[factorAt + c];
    }

    @Override
    public void forward(float[] parameters) {
        float[] from = before.kernel(parameters);
        float[] to = map.kernel(parameters);
        bias.read(parameters, map.bias);
        for (int c = 0; c < map.out; c++) {
            float factor = factor(parameters, c);
            map.bias[c] += factor * total * before.bias[c];
            for (int i = c * map.in; i < (c + 1) * map.in; i++) {
                float inner = factor * from[before.at() + i];
                for (int tap = 0; tap < 9; tap++) {
                    to[i * 9 + tap] = taps[tap] * inner;
                }
            }
        }
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        float[] kernel = before.kernel(parameters);
        float[] gradient = map.gradient(gradients);
        float[] into = before.gradient(gradients);
        for (int c = 0; c < map.out; c++) {
            float factor = factor(parameters, c);
            float factorSum = total * before.bias[c] * map.biasGradient[c];
            for (int i = c * map.in; i < (c + 1) * map.in; i++) {
                float sum = 0;
                for (int tap = 0; tap < 9; tap++) {
                    sum += taps[tap] * gradient[i * 9 + tap];
                }
                int at = before.at() + i;
                factorSum += kernel[at] * sum;
                into[at] = (before.adds() ? into[at] : 0) + factor * sum;
            }
            before.biasGradient[c] = factor * total * map.biasGradient[c];
            if (factorAt != Bias.NONE) {
                gradients[factorAt + c] += factorSum;
            }
        }
        bias.addGradient(map.biasGradient, gradients);
    }
}
