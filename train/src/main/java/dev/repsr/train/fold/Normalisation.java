package dev.repsr.train.fold;

/**
 * Batch normalisation of a map without scale: the scale becomes gamma / sqrt(variance + epsilon), the bias what follows from the
 * mean. Mean and variance, and their gradients, are this norm's part of {@link NormStatistics}.
 */
final class Normalisation implements Stage {
    private final AffineMap before;
    private final NormStatistics statistics;
    private final int first;
    private final int gammaAt;
    private final int betaAt;
    private final float[] scale;
    private final float[] inverse;
    private final AffineMap map;

    /**
     * Behind a map without scale.
     *
     * @param first index of this norm's first channel in the statistics
     */
    Normalisation(AffineMap before, NormStatistics statistics, int first, int gammaAt, int betaAt) {
        this.before = before;
        this.statistics = statistics;
        this.first = first;
        this.gammaAt = gammaAt;
        this.betaAt = betaAt;
        scale = new float[before.out];
        inverse = new float[before.out];
        map = before.scaled(scale);
    }

    @Override
    public AffineMap map() {
        return map;
    }

    float[] scale() {
        return scale;
    }

    @Override
    public void forward(float[] parameters) {
        for (int m = 0; m < scale.length; m++) {
            inverse[m] = statistics.inverseDeviation(first + m);
            scale[m] = parameters[gammaAt + m] * inverse[m];
            map.bias[m] = scale[m] * (before.bias[m] - statistics.mean(first + m)) + parameters[betaAt + m];
        }
    }

    @Override
    public void backward(float[] parameters, float[] gradients) {
        for (int m = 0; m < scale.length; m++) {
            float shift = map.biasGradient[m];
            float onScale = map.scaleGradient[m] + (before.bias[m] - statistics.mean(first + m)) * shift;
            gradients[gammaAt + m] += onScale * inverse[m];
            gradients[betaAt + m] += shift;
            float onVariance = -0.5f * onScale * scale[m] * inverse[m] * inverse[m];
            statistics.setGradient(first + m, -scale[m] * shift, onVariance);
            before.biasGradient[m] = scale[m] * shift;
        }
    }
}
