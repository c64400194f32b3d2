package dev.repsr.train.engine;

import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Folds population statistics into the weights, so that every normalisation divides by 1. The function stays; what changes is how
 * far a step of the optimiser moves it.
 *
 * <p>With a deviation sigma left in place, a step on the convolution before it moves the merged kernel by 1 / sigma as far, and
 * sigma is that of maps which have not been normalised: 0.02 to 0.2. While batches were normalised, that did no harm, for what
 * such a step adds to a map's size was taken out again. Once statistics are fixed, nothing takes it out.
 *
 * <p>So the convolution takes 1 / sigma, and the mean that is subtracted from its output with it. A normalisation with no
 * convolution right before it (RepVGG's identity, DBB's mean of nine) is a weight itself, and its gamma takes 1 / sigma. The
 * gradient of w / sigma is sigma times that of w, so means of gradients are multiplied by sigma, and those of their squares by its
 * square.
 */
public final class StatisticsFold {
    private final double epsilon;
    private final Map<String, Tensor> tensors;

    private StatisticsFold(double epsilon, Weights state) {
        this.epsilon = epsilon;
        tensors = new LinkedHashMap<>(state.tensors());
    }

    /**
     * The state of a trainer after the fold; what is folded already stays the same bits.
     *
     * @param epsilon of batch normalisation
     * @param state everything that going on needs, as in a checkpoint
     */
    public static Weights of(Topology topology, double epsilon, Weights state) {
        StatisticsFold fold = new StatisticsFold(epsilon, state);
        for (Place place : topology.places()) {
            for (Branch branch : place.block().branches()) {
                fold.fold(branch.steps(), place.prefix());
            }
        }
        return new Weights(fold.tensors);
    }

    private void fold(List<Step> steps, String prefix) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Norm norm) {
                String name = prefix + norm.name();
                double[] sigma = deviation(name + ".variance");
                if (i > 0 && steps.get(i - 1) instanceof Conv conv) {
                    conv.tensors().keySet().forEach(weight -> foldInto(prefix + weight, sigma));
                    change(TrainingFile.WEIGHTS + name + ".mean", sigma, (mean, s) -> mean / s);
                } else {
                    foldInto(name + ".gamma", sigma);
                }
            }
        }
    }

    /** The deviations of a normalisation, which become 1. */
    private double[] deviation(String variance) {
        double[] sigma = Arrays.stream(get(TrainingFile.WEIGHTS + variance).toDoubles())
                .map(v -> Math.sqrt(v + epsilon))
                .toArray();
        change(TrainingFile.WEIGHTS + variance, sigma, (v, s) -> 1 - epsilon);
        return sigma;
    }

    private void foldInto(String parameter, double[] sigma) {
        change(TrainingFile.WEIGHTS + parameter, sigma, (w, s) -> w / s);
        change(TrainingFile.AVERAGE + parameter, sigma, (w, s) -> w / s);
        change(Update.MEAN + parameter, sigma, (m, s) -> m * s);
        change(Update.SQUARE + parameter, sigma, (v, s) -> v * s * s);
    }

    /** Changes each value of an output channel by the deviation of that channel. */
    private void change(String name, double[] sigma, DoubleBinaryOperator by) {
        Tensor tensor = get(name);
        float[] values = tensor.toArray();
        int filter = values.length / sigma.length;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) by.applyAsDouble(values[i], sigma[i / filter]);
        }
        tensors.put(
                name,
                Tensor.of(
                        values,
                        tensor.shape().stream().mapToInt(Integer::intValue).toArray()));
    }

    private Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + name + " is missing");
        }
        return tensor;
    }
}
