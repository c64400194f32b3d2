package dev.repsr.train.fold;

import dev.repsr.block.Step.Conv;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A map of a block's zero-padded input, scale * (kernel * x) + bias, and the gradients of these three. The kernel is [out, in,
 * height, width] and lies among the parameters or in an array of its own; so does its gradient. A map has one user, who sets the
 * gradients of the map (what goes to a parameter is added).
 */
final class AffineMap {
    final int in;
    final int out;
    final int height;
    final int width;

    /** Factor of each output, null for one. */
    final float @Nullable [] scale;

    final float[] scaleGradient;
    final float[] bias;
    final float[] biasGradient;
    private final float @Nullable [] own;
    private final float @Nullable [] ownGradient;
    private final int at;

    /** Where each tap lies in a kernel of 3x3. */
    private final int[] places;

    private AffineMap(
            int in,
            int out,
            int height,
            int width,
            float @Nullable [] own,
            float @Nullable [] ownGradient,
            int at,
            float @Nullable [] scale) {
        this.in = in;
        this.out = out;
        this.height = height;
        this.width = width;
        this.own = own;
        this.ownGradient = ownGradient;
        this.at = at;
        this.scale = scale;
        scaleGradient = new float[out];
        bias = new float[out];
        biasGradient = new float[out];
        places = new int[height * width];
        Arrays.setAll(places, tap -> 3 * (tap / width + (3 - height) / 2) + tap % width + (3 - width) / 2);
    }

    /** A convolution, whose kernel is the parameter at that index. */
    static AffineMap parameter(Conv conv, int at) {
        return new AffineMap(conv.in(), conv.out(), conv.height(), conv.width(), null, null, at, null);
    }

    /** With a kernel of its own, zeros at first. */
    static AffineMap own(int in, int out, int height, int width) {
        int size = out * in * height * width;
        return new AffineMap(in, out, height, width, new float[size], new float[size], 0, null);
    }

    static AffineMap identity(int channels) {
        float[] kernel = new float[channels * channels];
        for (int c = 0; c < channels; c++) {
            kernel[c * channels + c] = 1;
        }
        return new AffineMap(channels, channels, 1, 1, kernel, new float[kernel.length], 0, null);
    }

    /** A map with the same kernel, that scale and another bias. */
    AffineMap scaled(float[] factors) {
        return new AffineMap(in, out, height, width, own, ownGradient, at, factors);
    }

    int taps() {
        return height * width;
    }

    /** Weights of one output. */
    int row() {
        return in * taps();
    }

    float[] kernel(float[] parameters) {
        return own == null ? parameters : own;
    }

    float[] gradient(float[] gradients) {
        return ownGradient == null ? gradients : ownGradient;
    }

    /** Where kernel and gradient begin in their arrays. */
    int at() {
        return at;
    }

    /** Whether the kernel's gradient is that of a parameter, which one adds to. */
    boolean adds() {
        return own == null;
    }

    /** Where a tap of this kernel lies in one of 3x3. */
    int place(int tap) {
        return places[tap];
    }

    /** Adds the kernel to one of 3x3, [out, in, 3, 3]. */
    void addKernelTo(float[] sum, float[] parameters) {
        float[] kernel = kernel(parameters);
        int taps = taps();
        if (taps == 9) {
            for (int i = 0; i < out * in * 9; i++) {
                sum[i] += kernel[at + i];
            }
            return;
        }
        for (int pair = 0; pair < out * in; pair++) {
            for (int tap = 0; tap < taps; tap++) {
                sum[9 * pair + places[tap]] += kernel[at + pair * taps + tap];
            }
        }
    }

    /** Sets the gradient from that of the 3x3 kernel that this one was added to; adds to a parameter's. */
    void takeGradient(float[] ofSum, float[] gradients) {
        float[] gradient = gradient(gradients);
        int taps = taps();
        if (taps == 9 && !adds()) {
            System.arraycopy(ofSum, 0, gradient, 0, ofSum.length);
            return;
        }
        for (int pair = 0; pair < out * in; pair++) {
            for (int tap = 0; tap < taps; tap++) {
                int to = at + pair * taps + tap;
                gradient[to] = (adds() ? gradient[to] : 0) + ofSum[9 * pair + places[tap]];
            }
        }
    }
}
