package dev.repsr.train.torch;

import dev.repsr.block.Topology.Place;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.TrainerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TypeMeta;
import org.bytedeco.pytorch.global.torch;

/**
 * One pass of a block forth and back by libtorch in double arithmetic; the loss is the sum of all outputs, each times its cotangent.
 *
 * @param output [samples, out, height, width]
 * @param input gradient of the input, [samples, in, height, width]
 * @param gradients of the parameters by name
 * @param statistics running means and variances afterwards
 */
record BlockOracle(double[] output, double[] input, Map<String, double[]> gradients, Map<String, double[]> statistics) {

    /** A batch of maps that the block gets, and what the loss makes of its outputs. */
    record Batch(int samples, int height, int width, double[] x, double[] cotangent) {}

    /**
     * Computes it.
     *
     * @param momentum with the statistics of the batch and that momentum, or 0 for population statistics, merged
     */
    @SuppressWarnings("try")
    static BlockOracle of(Place place, Weights weights, double epsilon, Batch batch, double momentum) {
        TypeMeta before = torch.get_default_dtype();
        torch.set_default_dtype(torch.scalarTypeToTypeMeta(torch.ScalarType.Double));
        SequencedMap<String, int[]> trained = new LinkedHashMap<>();
        SequencedMap<String, int[]> running = new LinkedHashMap<>();
        place.block()
                .tensors()
                .forEach((name, shape) ->
                        (TrainerSettings.isStatistic(name) ? running : trained).put(place.prefix() + name, shape));
        try (FlatTensors parameters = new FlatTensors(trained);
                FlatTensors collected = new FlatTensors(trained);
                FlatTensors statistics = new FlatTensors(running);
                PointerScope scope = new PointerScope()) {
            parameters.load(weights, "");
            statistics.load(weights, "");
            parameters.collectGradientsIn(collected);
            BlockTensors tensors = new BlockTensors(parameters, statistics, place.prefix(), epsilon, Precision.FLOAT32);
            Tensor x = shaped(batch.x, batch, place.block().in()).requires_grad_(true);
            Tensor y = momentum > 0
                    ? new BranchGraph(tensors, true, momentum).of(place.block(), x)
                    : new MergeGraph(tensors).of(place.block(), x);
            y.mul(shaped(batch.cotangent, batch, place.block().out())).sum().backward();
            return new BlockOracle(doubles(y), doubles(x.grad()), all(collected, trained), all(statistics, running));
        } finally {
            torch.set_default_dtype(before);
        }
    }

    private static Tensor shaped(double[] values, Batch batch, int channels) {
        Tensor tensor = torch.zeros(batch.samples, channels, batch.height, batch.width);
        tensor.data_ptr_double().put(values);
        return tensor;
    }

    static Map<String, double[]> all(FlatTensors tensors, SequencedMap<String, int[]> shapes) {
        Map<String, double[]> all = new LinkedHashMap<>();
        shapes.keySet().forEach(name -> all.put(name, doubles(tensors.get(name))));
        return all;
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.contiguous().data_ptr_double().get(values);
        return values;
    }
}
