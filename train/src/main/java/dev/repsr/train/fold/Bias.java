package dev.repsr.train.fold;

import java.util.Arrays;

/**
 * The bias of a step.
 *
 * @param at its index among the parameters, or {@link #NONE}
 */
record Bias(int at) {
    static final int NONE = -1;

    /** Fills {@code bias} with it, or with zeros. */
    void read(float[] parameters, float[] bias) {
        if (at == NONE) {
            Arrays.fill(bias, 0);
        } else {
            System.arraycopy(parameters, at, bias, 0, bias.length);
        }
    }

    void addGradient(float[] biasGradient, float[] gradients) {
        if (at != NONE) {
            for (int o = 0; o < biasGradient.length; o++) {
                gradients[at + o] += biasGradient[o];
            }
        }
    }
}
