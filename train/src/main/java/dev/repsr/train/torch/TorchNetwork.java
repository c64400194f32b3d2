package dev.repsr.train.torch;

import dev.repsr.block.Topology.Place;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Precision;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
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
     * @param lr [N, 3, side, side]
     * @param hr [N, 3, side * scale, side * scale]
     * @param target is filled, [N, side, side, 3 * scale^2]
     */
    static void residual(float[] lr, float[] hr, int scale, int side, float[] target) {
        int features = 3 * scale * scale;
        int rows = hr.length / (side * scale);
        for (int row = 0; row < rows; row++) {
            int lrRow = row / scale;
            int plane = lrRow / side;
            int lrPixel = lrRow * side;
            int pixel = row * side * scale;
            int to = (plane / 3 * side + lrRow % side) * side * features + (plane % 3 * scale + row % scale) * scale;
            for (int x = 0; x < side; x++, to += features) {
                float nearest = lr[lrPixel + x];
                for (int i = 0; i < scale; i++) {
                    target[to + i] = hr[pixel++] - nearest;
                }
            }
        }
    }

    /** The tail's map before the pixel shuffle, [N, 3 scale^2, h, w], float32. */
    Tensor features(Tensor lr, Mode mode) {
        Tensor x = lr;
        for (Place place : places) {
            x = block(place, x, mode);
            if (!place.slope().isEmpty()) {
                x = prelu(x, BlockTensors.cast(mode.precision(), parameters.get(place.slope())));
            }
        }
        return x.toType(torch.ScalarType.Float);
    }

    /**
     * max(x, 0) + slope min(x, 0), in steps that libtorch has vector loops for: the gradient of its own prelu, which has none, takes
     * up to six times as long.
     */
    static Tensor prelu(Tensor x, Tensor slope) {
        Tensor negative = torch.hardtanh(x, new Scalar(Double.NEGATIVE_INFINITY), new Scalar(0));
        return torch.addcmul(torch.relu(x), negative, slope.reshape(1, slope.numel(), 1, 1));
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
