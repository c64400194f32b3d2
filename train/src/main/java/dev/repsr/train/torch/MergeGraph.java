package dev.repsr.train.torch;

import dev.repsr.block.Block;
import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A block folded into one 3x3 convolution inside the graph, population statistics: as {@link dev.repsr.block.BlockMerge} does it,
 * so that gradients reach every branch through the kernel.
 */
record MergeGraph(BlockTensors tensors) {

    private static final long[] ONE = {1, 1};

    /**
     * A linear map of the block's input.
     *
     * @param unscaled [out, in, 1 or 3, 1 or 3], to be multiplied by the scale
     * @param scale [out], null for one; a pointwise step behind it takes it over, which is cheaper than to scale the kernel
     * @param bias [out], null for zero
     */
    private record Folded(
            Tensor unscaled,
            @Nullable Tensor scale,
            @Nullable Tensor bias) {
        Folded(Tensor kernel, @Nullable Tensor bias) {
            this(kernel, null, bias);
        }

        Tensor kernel() {
            return scale == null ? unscaled : unscaled.mul(scale.reshape(scale.numel(), 1, 1, 1));
        }
    }

    Tensor of(Block block, Tensor x) {
        Tensor kernel = null;
        Tensor bias = null;
        for (Branch branch : block.branches()) {
            Folded folded = fold(branch, block.in());
            Tensor square = square(folded.kernel());
            kernel = kernel == null ? square : kernel.add(square);
            bias = sum(bias, folded.bias());
        }
        if (kernel == null) {
            throw new IllegalArgumentException(block + " has no branches");
        }
        // Padding may have left the kernel in another order in memory, which convolutions are slow with.
        return tensors.conv(x, kernel.contiguous(), bias, ONE);
    }

    private static @Nullable Tensor sum(@Nullable Tensor one, @Nullable Tensor other) {
        return one == null ? other : other == null ? one : one.add(other);
    }

    /** With zeros around a kernel of one row or column. */
    private static Tensor square(Tensor kernel) {
        long rows = (3 - kernel.size(2)) / 2;
        long columns = (3 - kernel.size(3)) / 2;
        if (rows == 0 && columns == 0) {
            return kernel;
        }
        return torch.constant_pad_nd(kernel, new long[] {columns, columns, rows, rows}, new Scalar(0));
    }

    private Folded fold(Branch branch, long channels) {
        Folded map = null;
        for (Step step : branch.steps()) {
            map = switch (step) {
                case Conv conv -> map == null ? alone(conv) : composed(conv, map);
                case Norm norm -> normalised(norm, map == null ? identity(channels) : map);
                case Stencil stencil -> filtered(stencil, map == null ? identity(channels) : map);
            };
        }
        return map == null ? identity(channels) : map;
    }

    private Folded identity(long channels) {
        return new Folded(tensors.here(torch.eye(channels)).reshape(channels, channels, 1, 1), null);
    }

    private Folded alone(Conv conv) {
        return new Folded(tensors.parameter(conv.weight()), tensors.optional(conv.bias()));
    }

    private Folded composed(Conv conv, Folded map) {
        Tensor weight = tensors.parameter(conv.weight());
        Tensor own = tensors.optional(conv.bias());
        if (!conv.spatial()) {
            Tensor inner = map.unscaled();
            Tensor factors = weight.reshape(conv.out(), conv.in());
            Tensor scaled = map.scale() == null ? factors : factors.mul(map.scale());
            Tensor kernel = scaled.mm(inner.reshape(conv.in(), inner.numel() / conv.in()))
                    .reshape(conv.out(), inner.size(1), inner.size(2), inner.size(3));
            return new Folded(kernel, map.bias() == null ? own : sum(factors.mv(map.bias()), own));
        }
        Tensor inner = map.kernel();
        // K[o, tap, i] = sum over m of W[o, tap, m] K[m, i].
        long in = inner.size(1);
        Tensor kernel = weight.permute(0, 2, 3, 1)
                .reshape((long) conv.out() * conv.height() * conv.width(), conv.in())
                .mm(inner.reshape(conv.in(), in))
                .reshape(conv.out(), conv.height(), conv.width(), in)
                .permute(0, 3, 1, 2);
        Tensor bias = map.bias() == null ? own : sum(weight.sum(2, 3).mv(map.bias()), own);
        return new Folded(kernel, bias);
    }

    private Folded normalised(Norm norm, Folded map) {
        Tensor scale = tensors.scale(norm);
        Tensor shift = tensors.shift(norm, scale);
        return new Folded(
                map.kernel(),
                scale,
                map.bias() == null ? shift : scale.mul(map.bias()).add(shift));
    }

    private Folded filtered(Stencil stencil, Folded map) {
        double[] taps = stencil.mask().taps();
        Tensor kernel = map.kernel().mul(tensors.kernel(taps));
        double total = Arrays.stream(taps).sum();
        Tensor bias = map.bias() == null ? null : map.bias().mul(new Scalar(total));
        if (!stencil.mask().learned()) {
            return new Folded(kernel, bias);
        }
        Tensor scale = tensors.parameter(stencil.scale());
        return new Folded(
                kernel.mul(scale.reshape(stencil.channels(), 1, 1, 1)),
                sum(bias == null ? null : bias.mul(scale), tensors.parameter(stencil.bias())));
    }
}
