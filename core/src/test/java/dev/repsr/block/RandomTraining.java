package dev.repsr.block;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Training networks with random tensors, as a long training might leave them: moved statistics, slopes of either sign. */
public final class RandomTraining {
    private RandomTraining() {}

    /** A network with all tensors drawn from {@code seed}. */
    public static TrainingNetwork network(int scale, int body, Block block, double epsilon, long seed) {
        return network(new Topology(scale, body, block), epsilon, seed);
    }

    /** A network with all tensors drawn from {@code seed}. */
    public static TrainingNetwork network(Topology topology, double epsilon, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        topology.tensors().forEach((name, shape) -> {
            float[] values = Tensor.zeros(shape).toArray();
            double spread = shape.length == 4 ? 1 / Math.sqrt(shape[1] * shape[2] * shape[3]) : 0.5;
            for (int i = 0; i < values.length; i++) {
                double value = random.nextDouble(-spread, spread);
                values[i] = (float) (name.endsWith("variance") ? 0.01 + Math.abs(value) : value);
            }
            tensors.put(name, Tensor.of(values, shape));
        });
        return new TrainingNetwork(topology, epsilon, new Weights(tensors));
    }

    /** Values in 0..1. */
    public static double[] picture(int size, long seed) {
        return new SplittableRandom(seed).doubles(size).toArray();
    }
}
