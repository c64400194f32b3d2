package dev.repsr.train.torch;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Weights that a run starts from: uniform in +-gain / sqrt(fan-in), with a small gain for what ends a branch (1x1) and for
 * the tail, so that the network starts close to nearest-neighbour enlargement. Slopes 0.25; batch normalisation as identity.
 */
final class InitialWeights {
    private static final double SMALL_GAIN = 0.1;
    private static final float SLOPE = 0.25f;

    private InitialWeights() {}

    static Weights of(TrainerSettings settings, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        int[] fanIn = {0};
        TrainingNetwork.tensors(settings.scale(), settings.body(), settings.block())
                .forEach((name, shape) -> {
                    if (shape.length == 4) {
                        fanIn[0] = shape[1] * shape[2] * shape[3];
                    }
                    tensors.put(name, initial(name, shape, fanIn[0], random));
                });
        return new Weights(tensors);
    }

    /** @param fanIn of the convolution that the tensor belongs to: biases follow their weights */
    private static Tensor initial(String name, int[] shape, int fanIn, SplittableRandom random) {
        float[] values = new float[Tensor.zeros(shape).size()];
        if (name.endsWith("slope")) {
            Arrays.fill(values, SLOPE);
        } else if (name.endsWith("bn.gamma") || name.endsWith("bn.variance")) {
            Arrays.fill(values, 1);
        } else if (!name.contains(".bn.")) {
            boolean small = name.startsWith("tail") || name.contains(".k1");
            double limit = (small ? SMALL_GAIN : 1) / Math.sqrt(fanIn);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-limit, limit);
            }
        }
        return Tensor.of(values, shape);
    }
}
