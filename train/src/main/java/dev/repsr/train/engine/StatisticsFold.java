package dev.repsr.train.engine;

import dev.repsr.block.BlockMerge;
import dev.repsr.block.Branch;
import dev.repsr.block.MergedConv;
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
 * Folds population statistics into the weights. The function stays; what changes is how far a step of the optimiser moves it, which
 * becomes about as far as it moves a plain convolution: that is what rates are made for.
 *
 * <p>A deviation sigma left in place would have a step on the convolution before it move the merged kernel by 1 / sigma as far, and
 * sigma is that of maps which have not been normalised: 0.02 to 0.2. While batches are normalised, that does no harm, for what
 * such a step adds to a map's size is taken out again. Once statistics are fixed, nothing takes it out. So the convolution takes
 * 1 / sigma, and the mean that is subtracted from its output with it. A normalisation with no convolution right before it (RepVGG's
 * identity, DBB's mean of nine) is a weight itself, and its gamma takes 1 / sigma.
 *
 * <p>A convolution behind a normalisation (RepSR's 1x1) sees as many maps of deviation 1 as the path is wide, made by kernels that
 * are large now. A step on it moves the merged kernel by their size, 2 to 20, so gamma and beta give that over to it. (To share sizes
 * evenly between the two convolutions would be wrong: the first one's steps are as long as the second one is large.)
 *
 * <p>The gradient of w / sigma is sigma times that of w, so means of gradients are multiplied by sigma, and those of their squares by
 * its square. That holds for Muon's momentum too: the size of its step is free of scale, but its direction depends on how filters
 * stand to each other.
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
                fold.fold(branch.steps(), place.block().in(), place.prefix());
            }
        }
        return new Weights(fold.tensors);
    }

    private void fold(List<Step> steps, int channels, String prefix) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Norm norm) {
                String name = prefix + norm.name();
                double[] sigma = deviation(name + ".variance");
                if (i > 0 && steps.get(i - 1) instanceof Conv conv) {
                    foldInto(conv, prefix, sigma);
                    change(TrainingFile.WEIGHTS + name + ".mean", sigma, (mean, s) -> mean / s);
                } else {
                    foldInto(name + ".gamma", sigma);
                }
                if (i + 1 < steps.size() && steps.get(i + 1) instanceof Conv next) {
                    shift(size(new Branch(steps.subList(0, i + 1)), channels, prefix), norm, next, prefix);
                }
            }
        }
    }

    /** How far a unit step on what follows these steps moves a weight of the merged kernel, as a root of mean squares. */
    private double size(Branch branch, int channels, String prefix) {
        MergedConv map =
                BlockMerge.merge(branch, channels, new Weights(tensors), TrainingFile.WEIGHTS + prefix, epsilon);
        double squares = Arrays.stream(map.kernel()).map(w -> w * w).sum();
        int taps = branch.spatialAt() < branch.steps().size() ? 9 : 1;
        return Math.sqrt(squares / (channels * taps));
    }

    /** Makes a map smaller and the convolution behind it larger: by a power of two, which rounds nothing. */
    private void shift(double size, Norm norm, Conv next, String prefix) {
        double power = Math.scalb(1.0, Math.max(0, Math.getExponent(size)));
        double[] smaller = filled(power, norm.channels());
        foldInto(prefix + norm.name() + ".gamma", smaller);
        foldInto(prefix + norm.name() + ".beta", smaller);
        foldInto(prefix + next.weight(), filled(1 / power, next.out()));
    }

    private static double[] filled(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    private void foldInto(Conv conv, String prefix, double[] sigma) {
        conv.tensors().keySet().forEach(parameter -> foldInto(prefix + parameter, sigma));
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
        if (tensors.containsKey(Update.MOMENTUM + parameter)) {
            change(Update.MOMENTUM + parameter, sigma, (m, s) -> m * s);
        } else {
            change(Update.MEAN + parameter, sigma, (m, s) -> m * s);
            change(Update.SQUARE + parameter, sigma, (v, s) -> v * s * s);
        }
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
