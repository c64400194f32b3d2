package dev.repsr.train.fold;

import dev.repsr.block.Step.Conv;

/**
 * A spatial convolution of a pointwise map: K[o, i, tap] = sum over m of W[o, m, tap] K'[m, i]; the bias before counts once for
 * each tap. Products work on [tap, o, ...], so kernels are transposed to that and back.
 */
final class SpatialConv implements Stage {
    private final AffineMap before;
    private final AffineMap map;
    private final int weightAt;
    private final Bias bias;
    private final Matrices matrices;

    /** W, [tap, out, m]. */
    private final float[] weights;

    /** The kernel or its gradient, [tap, out, in]. */
    private final float[] taps;

    /** The map before, [in, m]. */
    private final float[] transposed;

    private final float[] weightGradient;

    SpatialConv(AffineMap before, Conv conv, int weightAt, Bias bias, Matrices matrices) {
        this.before = before;
        this.weightAt = weightAt;
        this.bias = bias;
        this.matrices = matrices;
        map = AffineMap.own(before.in, conv.out(), conv.height(), conv.width());
        weights = new float[map.taps() * map.out * before.out];
        weightGradient = new float[weights.length];
        taps = new float[map.out * map.row()];
        transposed = new float[before.in * before.out];
    }

    @Override
    public AffineMap map() {
        return map;
    }

    @Override
    public void forward(float[] parameters) {
        int depth = before.out;
        int in = before.in;
        Transpose.copy(parameters, weightAt, map.out * depth, map.taps(), weights, 0);
        float[] kernel = before.kernel(parameters);
        int rows = map.taps() * map.out;
        matrices.multiply(weights, 0, depth, 1, kernel, before.at(), in, taps, 0, in, rows, in, depth, false);
        Transpose.copy(taps, 0, map.taps(), map.out * in, map.kernel(parameters), 0);
        bias.read(parameters, map.bias);
        for (int row = 0; row < rows; row++) {
            float sum = 0;
            for (int m = 0; m < depth; m++) {
                sum += weights[row * depth + m] * before.bias[m];
            }
            map.bias[row % map.out] += sum;
        }
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        int depth = before.out;
        int in = before.in;
        int rows = map.taps() * map.out;
        Transpose.copy(map.gradient(gradients), 0, map.out * in, map.taps(), taps, 0);
        Transpose.copy(before.kernel(parameters), before.at(), depth, in, transposed, 0);
        matrices.multiply(taps, 0, in, 1, transposed, 0, depth, weightGradient, 0, depth, rows, depth, in, false);
        float[] into = before.gradient(gradients);
        matrices.multiply(weights, 0, 1, depth, taps, 0, in, into, before.at(), in, depth, in, rows, before.adds());
        for (int m = 0; m < depth; m++) {
            float sum = 0;
            for (int row = 0; row < rows; row++) {
                float through = map.biasGradient[row % map.out];
                sum += weights[row * depth + m] * through;
                weightGradient[row * depth + m] += before.bias[m] * through;
            }
            before.biasGradient[m] = sum;
        }
        Transpose.add(weightGradient, 0, map.taps(), map.out * depth, gradients, weightAt);
        bias.addGradient(map.biasGradient, gradients);
    }
}
