package dev.repsr.block;

import dev.repsr.block.Topology.Place;
import dev.repsr.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network in training form.
 *
 * @param topology what it is made of
 * @param epsilon of batch normalisation
 * @param weights exactly the tensors of {@link Topology#tensors}, all finite
 */
public record TrainingNetwork(Topology topology, double epsilon, Weights weights) {

    private static final int RGB = 3;

    /**
     * Checks the tensors.
     *
     * @throws IllegalArgumentException that names the tensor which is missing, superfluous, misshapen or not finite
     */
    public TrainingNetwork {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon of batch normalisation is " + epsilon + ", expected above 0");
        }
        SequencedMap<String, int[]> expected = topology.tensors();
        expected.forEach(weights::get);
        for (String name : weights.names()) {
            if (!expected.containsKey(name)) {
                throw new IllegalArgumentException("tensor " + name + " does not belong to the network");
            }
        }
    }

    /** A network with plain convolutions at head and tail. */
    public TrainingNetwork(int scale, int body, Block block, double epsilon, Weights weights) {
        this(new Topology(scale, body, block), epsilon, weights);
    }

    /** Folds every block. */
    public MergedNetwork merge() {
        List<MergedConv> convolutions = new ArrayList<>();
        List<double[]> slopes = new ArrayList<>();
        for (Place place : topology.places()) {
            convolutions.add(BlockMerge.merge(place.block(), weights, place.prefix(), epsilon));
            if (!place.slope().isEmpty()) {
                slopes.add(weights.get(place.slope()).toDoubles());
            }
        }
        return new MergedNetwork(topology.scale(), convolutions, slopes);
    }

    /**
     * Evaluates the branches one by one in double arithmetic, with population statistics and zero padding at the borders.
     *
     * @param rgb [3, height, width] in 0..1
     * @return [3, height * scale, width * scale]
     */
    public double[] evaluate(double[] rgb, int height, int width) {
        FeatureMap input = new FeatureMap(RGB, height, width, rgb);
        FeatureMap x = input;
        for (Place place : topology.places()) {
            x = new BlockEvaluation(weights, place.prefix(), epsilon).evaluate(place.block(), x);
            if (!place.slope().isEmpty()) {
                x = x.prelu(weights.get(place.slope()).toDoubles());
            }
        }
        return x.shuffleAndAdd(input, topology.scale()).values();
    }
}
