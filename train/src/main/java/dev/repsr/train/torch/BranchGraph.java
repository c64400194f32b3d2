package dev.repsr.train.torch;

import dev.repsr.block.Block;
import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A block computed branch by branch.
 *
 * @param batchStatistics whether normalisation takes the statistics of the batch and the running ones follow, else it takes the
 *     running ones, which stay
 * @param momentum share of the batch in the running statistics
 */
record BranchGraph(BlockTensors tensors, boolean batchStatistics, double momentum) {

    private static final long[] NONE = {0, 0};

    Tensor of(Block block, Tensor x) {
        Tensor sum = null;
        for (Branch branch : block.branches()) {
            Tensor part = of(branch, x);
            sum = sum == null ? part : sum.add(part);
        }
        if (sum == null) {
            throw new IllegalArgumentException(block + " has no branches");
        }
        return sum;
    }

    /**
     * Maps are kept without the ring that {@link Branch} speaks of. All of a ring's pixels are alike, so one value a channel
     * stands for it until the spatial step needs it; null is zero. It follows the population statistics in all phases (as in
     * DBB), for those of a batch should not depend on padding.
     */
    private Tensor of(Branch branch, Tensor x) {
        int spatialAt = branch.spatialAt();
        boolean hasSpatial = spatialAt < branch.steps().size();
        Tensor map = x;
        Tensor ring = null;
        for (int i = 0; i < branch.steps().size(); i++) {
            Step step = branch.steps().get(i);
            map = apply(step, map, ring);
            ring = hasSpatial && i < spatialAt ? after(step, ring) : null;
        }
        return map;
    }

    private Tensor apply(Step step, Tensor map, @Nullable Tensor ring) {
        return switch (step) {
            case Conv conv -> convolved(conv, map, ring);
            case Norm norm -> normalised(norm, map);
            case Stencil stencil -> filtered(stencil, map, ring);
        };
    }

    private Tensor convolved(Conv conv, Tensor map, @Nullable Tensor ring) {
        Tensor weight = tensors.parameter(conv.weight());
        Tensor bias = tensors.optional(conv.bias());
        long[] padding = {conv.height() / 2, conv.width() / 2};
        if (ring == null || !conv.spatial()) {
            return tensors.conv(map, weight, bias, padding);
        }
        return tensors.conv(padded(map, ring, padding), weight, bias, NONE);
    }

    private Tensor filtered(Stencil stencil, Tensor map, @Nullable Tensor ring) {
        long[] padding = {1, 1};
        Tensor input = ring == null ? map : padded(map, ring, padding);
        boolean learned = stencil.mask().learned();
        long channels = stencil.channels();
        Tensor kernel = tensors.kernel(stencil.mask().taps());
        Tensor weight = learned
                ? tensors.parameter(stencil.scale()).reshape(channels, 1, 1, 1).mul(kernel)
                : kernel.expand(channels, 1, 3, 3).contiguous();
        Tensor bias = learned ? tensors.parameter(stencil.bias()) : null;
        return tensors.depthwise(input, weight, bias, ring == null ? padding : NONE);
    }

    private static Tensor padded(Tensor map, Tensor ring, long[] padding) {
        Tensor value = ring.reshape(1, ring.numel(), 1, 1).type_as(map);
        long[] sides = {padding[1], padding[1], padding[0], padding[0]};
        return torch.constant_pad_nd(map.sub(value), sides, new Scalar(0)).add(value);
    }

    private Tensor normalised(Norm norm, Tensor map) {
        return torch.batch_norm(
                map,
                new TensorOptional(tensors.parameter(norm.name() + ".gamma")),
                new TensorOptional(tensors.parameter(norm.name() + ".beta")),
                new TensorOptional(tensors.statistic(norm.name() + ".mean")),
                new TensorOptional(tensors.statistic(norm.name() + ".variance")),
                batchStatistics,
                momentum,
                tensors.epsilon(),
                false);
    }

    /** The ring behind a pointwise step. */
    private @Nullable Tensor after(Step step, @Nullable Tensor ring) {
        return switch (step) {
            case Conv conv -> {
                Tensor bias = tensors.optional(conv.bias());
                if (ring == null) {
                    yield bias;
                }
                Tensor through = tensors.parameter(conv.weight())
                        .reshape(conv.out(), conv.in())
                        .mv(ring);
                yield bias == null ? through : through.add(bias);
            }
            case Norm norm -> {
                Tensor scale = tensors.scale(norm);
                Tensor shift = tensors.shift(norm, scale);
                yield ring == null ? shift : scale.mul(ring).add(shift);
            }
            case Stencil stencil -> throw new IllegalStateException(stencil + " is not pointwise");
        };
    }
}
