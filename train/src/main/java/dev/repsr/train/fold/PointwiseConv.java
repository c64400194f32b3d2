package dev.repsr.train.fold;

/**
 * A 1x1 convolution of another map: K[o] = sum over m of W[o, m] scale[m] K'[m]. It takes over the scale of the map before, which
 * is cheaper than to scale that map's kernel.
 */
final class PointwiseConv implements Stage {
    private final AffineMap before;
    private final AffineMap map;
    private final int weightAt;
    private final Bias bias;
    private final Matrices matrices;

    /** W times the scale, [out, in]. */
    private final float[] factors;

    /** The gradient of the kernel, [in' * taps, out]. */
    private final float[] transposed;

    /** The gradient of the factors, [in, out]. */
    private final float[] factorGradient;

    PointwiseConv(AffineMap before, int out, int weightAt, Bias bias, Matrices matrices) {
        this.before = before;
        this.weightAt = weightAt;
        this.bias = bias;
        this.matrices = matrices;
        map = AffineMap.own(before.in, out, before.height, before.width);
        factors = new float[out * before.out];
        transposed = new float[out * before.row()];
        factorGradient = new float[out * before.out];
    }

    @Override
    public AffineMap map() {
        return map;
    }

    @Override
    public void forward(float[] parameters) {
        int depth = before.out;
        bias.read(parameters, map.bias);
        for (int o = 0; o < map.out; o++) {
            float sum = 0;
            for (int m = 0; m < depth; m++) {
                float weight = parameters[weightAt + o * depth + m];
                factors[o * depth + m] = before.scale == null ? weight : weight * before.scale[m];
                sum += weight * before.bias[m];
            }
            map.bias[o] += sum;
        }
        int row = before.row();
        float[] kernel = before.kernel(parameters);
        float[] result = map.kernel(parameters);
        matrices.multiply(factors, 0, depth, 1, kernel, before.at(), row, result, 0, row, map.out, row, depth, false);
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        int row = before.row();
        int depth = before.out;
        int out = map.out;
        float[] gradient = map.gradient(gradients);
        Transpose.copy(gradient, 0, out, row, transposed, 0);
        float[] kernel = before.kernel(parameters);
        matrices.multiply(
                kernel, before.at(), row, 1, transposed, 0, out, factorGradient, 0, out, depth, out, row, false);
        float[] into = before.gradient(gradients);
        matrices.multiply(
                factors, 0, 1, depth, gradient, 0, row, into, before.at(), row, depth, row, out, before.adds());
        for (int m = 0; m < depth; m++) {
            weightGradients(m, parameters, gradients);
        }
        bias.addGradient(map.biasGradient, gradients);
    }

    private void weightGradients(int m, float[] parameters, float[] gradients) {
        float scale = before.scale == null ? 1 : before.scale[m];
        float inner = before.bias[m];
        float scaleSum = 0;
        float biasSum = 0;
        for (int o = 0; o < map.out; o++) {
            int index = weightAt + o * before.out + m;
            float weight = parameters[index];
            float factor = factorGradient[m * map.out + o];
            float through = map.biasGradient[o];
            gradients[index] += scale * factor + inner * through;
            scaleSum += weight * factor;
            biasSum += weight * through;
        }
        before.scaleGradient[m] = scaleSum;
        before.biasGradient[m] = biasSum;
    }
}
