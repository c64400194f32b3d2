package dev.repsr.train.step;

import dev.repsr.train.engine.Colours;

/**
 * Distance of one sample's output from its target and its gradient, in the order of channels before the pixel shuffle: colour c
 * and place i among the s^2 of an enlarged pixel are channel c s^2 + i. Both maps are zero beyond the channels and the patch.
 */
public interface LossKernels {
    /** Red, green and blue. */
    int COLOURS = 3;

    /** Weight of a colour in the luma of ITU-R BT.601, of full range. */
    static float luma(int colour) {
        return colour == 0 ? 0.299f : colour == 1 ? 0.587f : 0.114f;
    }

    /** Errors well below it count by their square, those above it by themselves. */
    float CORNER = 1e-3f;

    /** What is summed over the errors. */
    enum Kind {
        /** |e|. */
        ABSOLUTE,
        /** e^2. */
        SQUARED,
        /** sqrt(e^2 + 1e-6). */
        CHARBONNIER
    }

    /** Length of the array that a thread computes in. */
    int scratchSize();

    /** Sums of the squares of all errors of these colours, and behind it of the luma's. */
    double[] squares(Colours colours, float[] output, float[] target, float[] scratch);

    /**
     * Replaces the output by the gradient.
     *
     * @param colours that are compared beside the luma
     * @param factor of the kind's derivative for each colour
     * @param lumaFactor the same for the luma; 0 for none
     * @return sum of the absolute errors of red, green and blue
     */
    double gradient(
            Kind kind,
            Colours colours,
            float factor,
            float lumaFactor,
            float[] output,
            float[] target,
            float[] scratch);
}
