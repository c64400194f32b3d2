package dev.repsr.train.engine;

import dev.repsr.block.Topology;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What a {@link Trainer} must know.
 *
 * @param topology of the network
 * @param epsilon of batch normalisation
 * @param momentum share of the newest batch in the running statistics
 * @param form of the blocks where no batch statistics are used
 * @param precision of the convolutions
 * @param patch side of an LR patch in pixels
 * @param batch patches of one batch in this process
 * @param update how gradients change weights
 * @param ema decay of the averaged weights a step, 0 for none
 * @param threads of the engine; libtorch gives other bits with another number
 * @param device that the steps are computed on
 * @param fold whether frozen statistics are folded into the weights
 */
public record TrainerSettings(
        Topology topology,
        double epsilon,
        double momentum,
        Form form,
        Precision precision,
        int patch,
        int batch,
        Update update,
        double ema,
        int threads,
        Device device,
        boolean fold) {

    /** Whether a tensor of a training network is a running statistic rather than a parameter. */
    public static boolean isStatistic(String name) {
        return name.endsWith("bn.mean") || name.endsWith("bn.variance");
    }

    /** Names and shapes of what is trained. */
    public SequencedMap<String, int[]> parameters() {
        return shapes(name -> !isStatistic(name));
    }

    /** Names and shapes of the running means and variances. */
    public SequencedMap<String, int[]> statistics() {
        return shapes(TrainerSettings::isStatistic);
    }

    private SequencedMap<String, int[]> shapes(Predicate<String> which) {
        SequencedMap<String, int[]> shapes = topology.tensors();
        shapes.keySet().removeIf(which.negate());
        return shapes;
    }
}
