package dev.repsr.train.torch;

import dev.repsr.block.Topology.Place;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward pass of a network in training form as a graph of libtorch.
 *
 * @param scale enlargement
 * @param places its blocks, head first
 * @param parameters what is trained
 * @param statistics running means and variances
 * @param epsilon of batch normalisation
 */
record TorchNetwork(long scale, List<Place> places, FlatTensors parameters, FlatTensors statistics, double epsilon) {

    /**
     * How it is computed.
     *
     * @param batchStatistics whether blocks with normalisation use the statistics of the batch; they run as branches then
     * @param momentum share of the batch in the running statistics
     * @param form of all other blocks
     */
    record Mode(boolean batchStatistics, double momentum, Form form, Precision precision) {}

    /** Whether a tensor of a training network is a running statistic rather than a parameter. */
    static boolean isStatistic(String name) {
        return name.endsWith("bn.mean") || name.endsWith("bn.variance");
    }

    /**
     * The enlarged batch, float32.
     *
     * @param lr [N, 3, h, w] in 0..1
     */
    Tensor forward(Tensor lr, Mode mode) {
        Tensor enlarged = torch.upsample_nearest2d(
                lr, new long[] {lr.size(2) * scale, lr.size(3) * scale}, new DoubleOptional(), new DoubleOptional());
        return torch.pixel_shuffle(features(lr, mode), scale).add(enlarged);
    }

    /**
     * What {@link #features} has to be for the enlarged batch to be {@code hr}: pixels in the order before the shuffle, less the
     * nearest neighbour. To compare there spares the shuffle, its gradient and the enlargement.
     *
     * @param lr [N, 3, h, w]
     * @param hr [N, 3, h * scale, w * scale]
     */
    Tensor residual(Tensor lr, Tensor hr) {
        long batch = lr.size(0);
        long height = lr.size(2);
        long width = lr.size(3);
        Tensor pixels = hr.reshape(batch, 3, height, scale, width, scale).permute(0, 2, 4, 1, 3, 5);
        Tensor nearest = lr.permute(0, 2, 3, 1).reshape(batch, height, width, 3, 1, 1);
        return pixels.sub(nearest)
                .reshape(batch, height, width, 3 * scale * scale)
                .permute(0, 3, 1, 2);
    }

    /** The tail's map before the pixel shuffle, [N, 3 scale^2, h, w], float32. */
    Tensor features(Tensor lr, Mode mode) {
        Tensor x = lr;
        for (Place place : places) {
            x = block(place, x, mode);
            if (!place.slope().isEmpty()) {
                x = torch.prelu(x, mode.precision().cast(parameters.get(place.slope())));
            }
        }
        return x.toType(torch.ScalarType.Float);
    }

    private Tensor block(Place place, Tensor x, Mode mode) {
        BlockTensors tensors = new BlockTensors(parameters, statistics, place.prefix(), epsilon, mode.precision());
        if (mode.batchStatistics() && place.block().normalised()) {
            return new BranchGraph(tensors, true, mode.momentum()).of(place.block(), x);
        }
        return switch (mode.form()) {
            case BRANCHES -> new BranchGraph(tensors, false, 0).of(place.block(), x);
            case MERGED -> new MergeGraph(tensors).of(place.block(), x);
        };
    }
}
