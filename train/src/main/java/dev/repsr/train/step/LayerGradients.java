package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.util.Arrays;
import java.util.List;

/**
 * Gradients of the merged network from some samples, as the kernels leave them: of a layer's kernel [9, in, out] and bias, and of the
 * slopes of the PReLU before it (none before the first), padded, from {@link MapShape#ORIGIN} on.
 */
final class LayerGradients {
    private static final int SLACK = 16;
    private static final int TAPS = 9;

    final float[][] kernel;
    final float[][] bias;
    final float[][] slope;
    double error;

    LayerGradients(List<? extends ConvKernels> layers) {
        kernel = new float[layers.size()][];
        bias = new float[layers.size()][];
        slope = new float[layers.size()][];
        for (int i = 0; i < kernel.length; i++) {
            int in = layers.get(i).in().stride();
            int out = layers.get(i).out().stride();
            kernel[i] = new float[ORIGIN + TAPS * in * out + SLACK];
            bias[i] = new float[ORIGIN + out + SLACK];
            slope[i] = new float[ORIGIN + in + SLACK];
        }
    }

    void clear() {
        for (int layer = 0; layer < kernel.length; layer++) {
            clear(layer);
        }
        error = 0;
    }

    void clear(int layer) {
        Arrays.fill(kernel[layer], 0);
        Arrays.fill(bias[layer], 0);
        Arrays.fill(slope[layer], 0);
    }

    /** Adds those of other samples in one layer; always in the same order, so that the bits are the same. */
    void add(LayerGradients other, int layer) {
        add(other.kernel[layer], kernel[layer]);
        add(other.bias[layer], bias[layer]);
        add(other.slope[layer], slope[layer]);
    }

    private static void add(float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
