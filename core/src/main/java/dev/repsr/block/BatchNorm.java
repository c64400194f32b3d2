package dev.repsr.block;

import dev.repsr.network.Weights;

/**
 * Batch normalisation with population statistics: y = gamma (x - mean) / sqrt(variance + epsilon) + beta, per channel.
 *
 * @param variance the running (biased or unbiased as the trainer estimated it) variance, at least 0
 * @param epsilon the trainer's
 */
record BatchNorm(double[] gamma, double[] beta, double[] mean, double[] variance, double epsilon) {

    /** Reads {@code prefix + gamma, beta, mean, variance}. */
    static BatchNorm read(Weights weights, String prefix, double epsilon) {
        return new BatchNorm(
                weights.get(prefix + "gamma").toDoubles(),
                weights.get(prefix + "beta").toDoubles(),
                weights.get(prefix + "mean").toDoubles(),
                weights.get(prefix + "variance").toDoubles(),
                epsilon);
    }

    /** Factor of channel c: gamma / sqrt(variance + epsilon). */
    double scale(int c) {
        return gamma[c] / Math.sqrt(variance[c] + epsilon);
    }

    /** Constant of channel c: beta - scale * mean. */
    double shift(int c) {
        return beta[c] - scale(c) * mean[c];
    }
}
