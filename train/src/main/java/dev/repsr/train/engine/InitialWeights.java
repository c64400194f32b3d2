package dev.repsr.train.engine;

import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Start;
import dev.repsr.block.Step.Stencil;
import dev.repsr.block.Topology;
import dev.repsr.block.Topology.Place;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Weights that a run starts from: convolutions uniform in +-gain / sqrt(fan-in) or near the identity, as their {@link Start} says,
 * with a small gain for what ends a branch of RepSR's block and for the tail, so that the network starts close to
 * nearest-neighbour enlargement. Slopes 0.25; batch normalisation as identity; edge filters within +-0.001, as in ECBSR.
 */
public final class InitialWeights {
    private static final double SMALL_GAIN = 0.1;
    private static final double EDGE = 1e-3;
    private static final float SLOPE = 0.25f;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final SplittableRandom random;

    private InitialWeights(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Weights and statistics of a network of that kind, a function of the seed. */
    public static Weights of(Topology topology, long seed) {
        InitialWeights initial = new InitialWeights(seed);
        for (Place place : topology.places()) {
            boolean tail = place.slope().isEmpty();
            for (Branch branch : place.block().branches()) {
                initial.add(branch, place.prefix(), tail ? SMALL_GAIN : 1);
            }
            if (!tail) {
                initial.tensors.put(place.slope(), filled(SLOPE, place.block().out()));
            }
        }
        return new Weights(initial.tensors);
    }

    /** @param endGain factor of the last step that has weights */
    private void add(Branch branch, String prefix, double endGain) {
        int end = branch.steps().size() - 1;
        while (end >= 0 && branch.steps().get(end).tensors().isEmpty()) {
            end--;
        }
        for (int i = 0; i < branch.steps().size(); i++) {
            Step step = branch.steps().get(i);
            double gain = i == end ? endGain : 1;
            switch (step) {
                case Conv conv -> addConv(conv, prefix, gain);
                case Norm norm -> addNorm(norm, prefix + norm.name(), (float) gain);
                case Stencil stencil ->
                    stencil.tensors().forEach((name, shape) -> tensors.put(prefix + name, uniform(EDGE, shape)));
            }
        }
    }

    private void addConv(Conv conv, String prefix, double gain) {
        boolean small = conv.start() == Start.SMALL || conv.start() == Start.SMALL_PLUS_IDENTITY;
        double limit = (small ? SMALL_GAIN : gain) / Math.sqrt(conv.in() * conv.height() * conv.width());
        conv.tensors().forEach((name, shape) -> {
            Tensor tensor = conv.start() == Start.IDENTITY ? Tensor.zeros(shape) : uniform(limit, shape);
            tensors.put(prefix + name, tensor);
        });
        if (conv.start() == Start.IDENTITY || conv.start() == Start.SMALL_PLUS_IDENTITY) {
            tensors.computeIfPresent(prefix + conv.weight(), (name, weight) -> withIdentity(conv, weight));
        }
    }

    private static Tensor withIdentity(Conv conv, Tensor weight) {
        float[] values = weight.toArray();
        int size = conv.height() * conv.width();
        for (int c = 0; c < Math.min(conv.in(), conv.out()); c++) {
            values[(c * conv.in() + c) * size + size / 2] += 1;
        }
        return Tensor.of(values, conv.out(), conv.in(), conv.height(), conv.width());
    }

    private void addNorm(Norm norm, String name, float gain) {
        tensors.put(name + ".gamma", filled(gain * norm.gamma(), norm.channels()));
        tensors.put(name + ".beta", Tensor.zeros(norm.channels()));
        tensors.put(name + ".mean", Tensor.zeros(norm.channels()));
        tensors.put(name + ".variance", filled(1, norm.channels()));
    }

    private Tensor uniform(double limit, int... shape) {
        float[] values = new float[Tensor.zeros(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-limit, limit);
        }
        return Tensor.of(values, shape);
    }

    private static Tensor filled(float value, int size) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return Tensor.of(values, size);
    }
}
