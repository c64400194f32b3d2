package dev.repsr.train.torch;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.TrainerSettings;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TypeMeta;
import org.bytedeco.pytorch.global.torch;

/**
 * One batch through a whole network by libtorch in double arithmetic, branch by branch.
 *
 * @param error mean absolute error
 * @param gradients of what is minimised, of the parameters by name
 * @param statistics running means and variances afterwards
 */
public record NetworkOracle(double error, Map<String, double[]> gradients, Map<String, double[]> statistics) {

    /**
     * Computes it.
     *
     * @param prefix of the tensors' names in the weights
     * @param batchStatistics whether normalisation takes those of the batch, which the running ones follow
     */
    @SuppressWarnings("try")
    public static NetworkOracle of(
            TrainerSettings settings,
            Weights weights,
            String prefix,
            boolean batchStatistics,
            float[] lr,
            float[] hr,
            Goal goal) {
        TypeMeta before = torch.get_default_dtype();
        torch.set_default_dtype(torch.scalarTypeToTypeMeta(torch.ScalarType.Double));
        try (FlatTensors parameters = new FlatTensors(settings.parameters());
                FlatTensors collected = new FlatTensors(settings.parameters());
                FlatTensors statistics = new FlatTensors(settings.statistics());
                PointerScope scope = new PointerScope()) {
            parameters.load(weights, prefix);
            statistics.load(weights, prefix);
            parameters.collectGradientsIn(collected);
            int scale = settings.topology().scale();
            TorchNetwork network =
                    new TorchNetwork(scale, settings.topology().places(), parameters, statistics, settings.epsilon());
            TorchNetwork.Mode mode =
                    new TorchNetwork.Mode(batchStatistics, settings.momentum(), Form.BRANCHES, settings.precision());
            Tensor output = network.forward(shaped(lr, settings, 1), mode);
            Tensor target = shaped(hr, settings, scale);
            Tensor absolute = LossGraph.of(Objective.ABSOLUTE, output, target);
            LossGraph.of(goal, output, target, absolute).backward();
            return new NetworkOracle(
                    absolute.item_double(),
                    BlockOracle.all(collected, settings.parameters()),
                    BlockOracle.all(statistics, settings.statistics()));
        } finally {
            torch.set_default_dtype(before);
        }
    }

    private static Tensor shaped(float[] values, TrainerSettings settings, int scale) {
        long side = (long) settings.patch() * scale;
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        Tensor tensor = torch.zeros(settings.batch(), 3, side, side);
        tensor.data_ptr_double().put(doubles);
        return tensor;
    }
}
