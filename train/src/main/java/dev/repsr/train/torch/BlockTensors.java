package dev.repsr.train.torch;

import dev.repsr.block.Step.Norm;
import dev.repsr.train.engine.Precision;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of one block, and the operations on them that both of its forms need.
 *
 * @param prefix of the block's names
 * @param epsilon of batch normalisation
 */
record BlockTensors(
        FlatTensors parameters, FlatTensors statistics, String prefix, double epsilon, Precision precision) {

    private static final long[] ONE = {1, 1};

    Tensor parameter(String name) {
        return parameters.get(prefix + name);
    }

    @Nullable
    Tensor optional(@Nullable String name) {
        return name == null ? null : parameter(name);
    }

    Tensor statistic(String name) {
        return statistics.get(prefix + name);
    }

    /** gamma / sqrt(variance + epsilon), population statistics. */
    Tensor scale(Norm norm) {
        return statistic(norm.name() + ".variance")
                .add(new Scalar(epsilon))
                .rsqrt()
                .mul(parameter(norm.name() + ".gamma"));
    }

    /** beta - scale * mean. */
    Tensor shift(Norm norm, Tensor scale) {
        return parameter(norm.name() + ".beta").sub(scale.mul(statistic(norm.name() + ".mean")));
    }

    /** The tensor as a convolution of that precision takes it. */
    static Tensor cast(Precision precision, Tensor tensor) {
        return switch (precision) {
            case FLOAT32 -> tensor;
            case BFLOAT16 -> tensor.toType(torch.ScalarType.BFloat16);
        };
    }

    /** Convolution, stride 1, in the precision of the step. */
    Tensor conv(Tensor x, Tensor weight, @Nullable Tensor bias, long[] padding) {
        if (x.size(1) == 1) {
            // See Layout: a second channel that is zero, and counts for nothing.
            long[] onePlaneMore = {0, 0, 0, 0, 0, 1};
            Tensor pair = torch.constant_pad_nd(x, onePlaneMore, new Scalar(0));
            return convolution(pair, torch.constant_pad_nd(weight, onePlaneMore, new Scalar(0)), bias, padding, 1);
        }
        return convolution(x, weight, bias, padding, 1);
    }

    /** Convolution of each channel with its own kernel, [channels, 1, h, w]. */
    Tensor depthwise(Tensor x, Tensor weight, @Nullable Tensor bias, long[] padding) {
        long channels = x.size(1);
        return channels == 1 ? conv(x, weight, bias, padding) : convolution(x, weight, bias, padding, channels);
    }

    private Tensor convolution(Tensor x, Tensor weight, @Nullable Tensor bias, long[] padding, long groups) {
        TensorOptional optional = bias == null ? new TensorOptional() : new TensorOptional(cast(precision, bias));
        return torch.conv2d(
                Layout.channelsLast(cast(precision, x)), cast(precision, weight), optional, ONE, padding, ONE, groups);
    }

    /** A constant 3x3 kernel, [1, 1, 3, 3]. */
    Tensor kernel(double[] taps) {
        float[] values = new float[taps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) taps[i];
        }
        return here(torch.tensor(values)).reshape(1, 1, 3, 3);
    }

    /** A constant where the parameters are. */
    Tensor here(Tensor constant) {
        return constant.type_as(parameters.flat());
    }
}
