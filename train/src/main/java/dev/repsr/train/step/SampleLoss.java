package dev.repsr.train.step;

import dev.repsr.train.engine.Colours;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.step.LossKernels.Kind;

/**
 * The end of a sample's way forth: from what a step minimises to the gradient of the last layer.
 *
 * @param values of the enlarged patches that the mean goes over
 * @param samples of the batch
 * @param parts batches that an update is the mean of
 */
record SampleLoss(LossKernels kernels, int values, int samples, int parts) {
    private static final int COLOURS = LossKernels.COLOURS;

    /**
     * Replaces the output by the gradient.
     *
     * @return sum of the absolute errors
     */
    double apply(Goal goal, float[] output, float[] target, float[] scratch) {
        double colours = (1 - goal.lumaWeight()) / parts;
        double luma = goal.lumaWeight() / parts;
        if (goal.objective() == Objective.LOGARITHMIC) {
            return logarithmic(goal.colours(), colours, luma, output, target, scratch);
        }
        double all = (double) values * samples;
        float factor = (float) (colours / all);
        float lumaFactor = (float) (luma * COLOURS / all);
        return kernels.gradient(kind(goal.objective()), goal.colours(), factor, lumaFactor, output, target, scratch);
    }

    /** The logarithm's derivative is that of the squares, divided by their mean over the sample. */
    private double logarithmic(
            Colours of, double colours, double luma, float[] output, float[] target, float[] scratch) {
        double[] squares = kernels.squares(of, output, target, scratch);
        double factor = colours / samples / (squares[0] + Objective.NEARLY_PERFECT * values);
        double lumaFactor = luma / samples / (squares[1] + Objective.NEARLY_PERFECT * values / COLOURS);
        return kernels.gradient(Kind.SQUARED, of, (float) factor, (float) lumaFactor, output, target, scratch);
    }

    private static Kind kind(Objective objective) {
        return switch (objective) {
            case ABSOLUTE -> Kind.ABSOLUTE;
            case SQUARED, LOGARITHMIC -> Kind.SQUARED;
            case CHARBONNIER -> Kind.CHARBONNIER;
        };
    }
}
