package dev.repsr.train.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * Means and variances of all normalised channels of a block, one norm's behind the other's: those of the population, or those that a
 * batch has, whose patches all norms share. In the second case w is what a channel is of a patch, [tap, channel] as in
 * {@link PatchMoments}: its mean is w . mean, its variance w . covariance w.
 */
final class NormStatistics {
    private final List<Part> parts = new ArrayList<>();
    private final double epsilon;
    private final Matrices matrices;
    private float[] mean = {};
    private float[] variance = {};
    private float[] meanGradient = {};
    private float[] varianceGradient = {};

    /** All w, [channel, 9 * in]; empty until a batch is taken. */
    private float[] weights = {};

    /** All covariance w, alike. */
    private float[] spread = {};

    /** Gradient of a patch by the patch. */
    private float[] quadratic = {};

    /** What is normalised, the index of its first channel here, and where its population's statistics lie. */
    private record Part(AffineMap map, int first, int meanAt, int varianceAt) {}

    NormStatistics(double epsilon, Matrices matrices) {
        this.epsilon = epsilon;
        this.matrices = matrices;
    }

    /**
     * Takes the channels of one more map in.
     *
     * @param meanAt index of the running mean among the statistics
     * @return index of the first of them here
     */
    int add(AffineMap map, int meanAt, int varianceAt) {
        int first = mean.length;
        parts.add(new Part(map, first, meanAt, varianceAt));
        int size = first + map.out;
        mean = new float[size];
        variance = new float[size];
        meanGradient = new float[size];
        varianceGradient = new float[size];
        return first;
    }

    float mean(int index) {
        return mean[index];
    }

    float inverseDeviation(int index) {
        return (float) (1 / Math.sqrt(variance[index] + epsilon));
    }

    void setGradient(int index, float onMean, float onVariance) {
        meanGradient[index] = onMean;
        varianceGradient[index] = onVariance;
    }

    /** Those of the population. */
    void read(float[] statistics) {
        for (Part part : parts) {
            System.arraycopy(statistics, part.meanAt, mean, part.first, part.map.out);
            System.arraycopy(statistics, part.varianceAt, variance, part.first, part.map.out);
        }
    }

    /** Moves the running ones towards these, the variance without bias. */
    void follow(float[] statistics, double momentum, double unbiased) {
        for (Part part : parts) {
            for (int m = 0; m < part.map.out; m++) {
                move(statistics, part.meanAt + m, momentum, mean[part.first + m]);
                move(statistics, part.varianceAt + m, momentum, unbiased * variance[part.first + m]);
            }
        }
    }

    private static void move(float[] statistics, int index, double momentum, double value) {
        statistics[index] = (float) (momentum * value + (1 - momentum) * statistics[index]);
    }

    /** Those of a batch; the maps have been filled. */
    void take(float[] parameters, PatchMoments moments) {
        int size = moments.mean().length;
        if (weights.length == 0) {
            weights = new float[mean.length * size];
            spread = new float[mean.length * size];
            quadratic = new float[size * size];
        }
        parts.forEach(part -> readWeights(part, part.map.kernel(parameters), size));
        matrices.multiply(
                weights, 0, size, 1, moments.covariance(), 0, size, spread, 0, size, mean.length, size, size, false);
        for (Part part : parts) {
            for (int o = 0; o < part.map.out; o++) {
                int m = part.first + o;
                mean[m] = dot(weights, m * size, moments.mean(), 0, size) + part.map.bias[o];
                // A channel that is constant may come out just below.
                variance[m] = Math.max(0, dot(weights, m * size, spread, m * size, size));
            }
        }
    }

    /** Four sums side by side, or each addition would wait for the one before. */
    private static float dot(float[] a, int aAt, float[] b, int bAt, int size) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i + 3 < size; i += 4) {
            first += a[aAt + i] * b[bAt + i];
            second += a[aAt + i + 1] * b[bAt + i + 1];
            third += a[aAt + i + 2] * b[bAt + i + 2];
            fourth += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < size; i++) {
            first += a[aAt + i] * b[bAt + i];
        }
        return first + second + (third + fourth);
    }

    private void readWeights(Part part, float[] kernel, int size) {
        AffineMap map = part.map;
        for (int o = 0; o < map.out; o++) {
            int from = map.at() + o * map.row();
            int to = (part.first + o) * size;
            for (int tap = 0; tap < map.taps(); tap++) {
                int at = to + map.place(tap) * map.in;
                for (int i = 0; i < map.in; i++) {
                    weights[at + i] = kernel[from + i * map.taps() + tap];
                }
            }
        }
    }

    /** From the gradients of mean and variance adds to those of the maps. */
    void backward(float[] gradients, PatchMoments moments) {
        int size = moments.mean().length;
        for (Part part : parts) {
            AffineMap map = part.map;
            float[] gradient = map.gradient(gradients);
            for (int o = 0; o < map.out; o++) {
                int m = part.first + o;
                int to = map.at() + o * map.row();
                map.biasGradient[o] += meanGradient[m];
                for (int tap = 0; tap < map.taps(); tap++) {
                    int from = map.place(tap) * map.in;
                    for (int i = 0; i < map.in; i++) {
                        gradient[to + i * map.taps() + tap] += 2 * varianceGradient[m] * spread[m * size + from + i]
                                + meanGradient[m] * moments.mean()[from + i];
                    }
                }
            }
        }
    }

    /** Fills the gradient of the block's input; {@link #spread} is lost. */
    void backward(PatchMoments moments, InputGradient input) {
        int size = moments.mean().length;
        int channels = size / 9;
        float[] constants = new float[size];
        float share = 1f / moments.pixels();
        for (Part part : parts) {
            for (int o = 0; o < part.map.out; o++) {
                int m = part.first + o;
                float twice = 2 * share * varianceGradient[m];
                float constant = share * meanGradient[m] - twice * (mean[m] - part.map.bias[o]);
                for (int i = 0; i < size; i++) {
                    float weight = weights[m * size + i];
                    spread[m * size + i] = twice * weight;
                    constants[i] += constant * weight;
                }
            }
        }
        for (int k = 0; k < 9; k++) {
            int from = k * channels;
            int to = from * size + from;
            matrices.multiply(
                    spread,
                    from,
                    1,
                    size,
                    weights,
                    from,
                    size,
                    quadratic,
                    to,
                    size,
                    channels,
                    size - from,
                    mean.length,
                    false);
        }
        input.take(quadratic, constants);
    }
}
