package dev.repsr.train.torch;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.block.TrainingNetwork;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward pass of a {@link TrainingNetwork} as a graph of libtorch.
 *
 * @param parameters what is trained
 * @param statistics running means and variances
 */
record TorchNetwork(TrainerSettings settings, FlatTensors parameters, FlatTensors statistics) {

    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    /** Whether a tensor of a training network is a running statistic rather than a parameter. */
    static boolean isStatistic(String name) {
        return name.endsWith(".bn.mean") || name.endsWith(".bn.variance");
    }

    /**
     * The enlarged batch.
     *
     * @param lr [N, 3, h, w] in 0..1
     * @param momentum share of the batch in the running statistics, in the batch phase
     */
    Tensor forward(Tensor lr, Phase phase, double momentum) {
        Tensor x = prelu(conv3x3(lr, parameters.get("head.weight"), parameters.get("head.bias")), "head.slope");
        for (int i = 0; i < settings.body(); i++) {
            String prefix = TrainingNetwork.prefix(i);
            x = prelu(block(settings.block(), x, prefix, phase, momentum), prefix + "slope");
        }
        x = conv3x3(x, parameters.get("tail.weight"), parameters.get("tail.bias"));
        long scale = settings.scale();
        Tensor enlarged = torch.upsample_nearest2d(
                lr,
                new long[] {lr.size(2) * scale, lr.size(3) * scale},
                new org.bytedeco.pytorch.DoubleOptional(),
                new org.bytedeco.pytorch.DoubleOptional());
        return torch.pixel_shuffle(x, scale).add(enlarged);
    }

    private Tensor block(Block block, Tensor x, String prefix, Phase phase, double momentum) {
        return switch (block) {
            case PlainConv plain -> conv3x3(x, parameters.get(prefix + "weight"), parameters.get(prefix + "bias"));
            case RepSrBlock repsr ->
                switch (phase) {
                    case BATCH -> branches(repsr, x, prefix, momentum);
                    case FROZEN -> merged(repsr, x, prefix);
                };
        };
    }

    /** The block as the paper draws it, normalised with the batch's own statistics. */
    private Tensor branches(RepSrBlock block, Tensor x, String prefix, double momentum) {
        Tensor sum = x;
        for (int p = 0; p < block.paths(); p++) {
            String path = prefix + RepSrBlock.path(p);
            Tensor expanded = torch.conv2d(x, parameters.get(path + "k3"), new TensorOptional(), ONE, ONE, ONE, 1);
            Tensor normalised = torch.batch_norm(
                    expanded,
                    new TensorOptional(parameters.get(path + "bn.gamma")),
                    new TensorOptional(parameters.get(path + "bn.beta")),
                    new TensorOptional(statistics.get(path + "bn.mean")),
                    new TensorOptional(statistics.get(path + "bn.variance")),
                    true,
                    momentum,
                    settings.epsilon(),
                    false);
            sum = sum.add(torch.conv2d(
                    normalised,
                    parameters.get(path + "k1"),
                    new TensorOptional(parameters.get(path + "k1.bias")),
                    ONE,
                    NONE,
                    ONE,
                    1));
        }
        return sum;
    }

    /**
     * The block folded into one 3x3 convolution inside the graph: with s = gamma / sqrt(variance + epsilon), the kernel is
     * identity + sum of (K1 s) K3 and the bias b1 + sum of K1 (beta - s mean). Gradients reach every branch.
     */
    private Tensor merged(RepSrBlock block, Tensor x, String prefix) {
        long channels = block.channels();
        long expanded = block.expanded();
        Tensor kernel = torch.eye(channels).reshape(channels, channels, 1);
        kernel = torch.cat(new TensorVector(zeros(channels), kernel, zeros(channels)), 2)
                .reshape(channels, 9 * channels);
        Tensor bias = torch.zeros(channels);
        for (int p = 0; p < block.paths(); p++) {
            String path = prefix + RepSrBlock.path(p);
            Tensor scale = statistics
                    .get(path + "bn.variance")
                    .add(new org.bytedeco.pytorch.Scalar(settings.epsilon()))
                    .rsqrt()
                    .mul(parameters.get(path + "bn.gamma"));
            Tensor k1 = parameters.get(path + "k1").reshape(channels, expanded);
            kernel = kernel.add(k1.mul(scale).mm(parameters.get(path + "k3").reshape(expanded, 9 * channels)));
            Tensor shift = parameters.get(path + "bn.beta").sub(scale.mul(statistics.get(path + "bn.mean")));
            bias = bias.add(k1.mv(shift)).add(parameters.get(path + "k1.bias"));
        }
        return conv3x3(x, kernel.reshape(channels, channels, 3, 3), bias);
    }

    private static Tensor zeros(long channels) {
        return torch.zeros(channels, channels, 4);
    }

    private static Tensor conv3x3(Tensor x, Tensor weight, Tensor bias) {
        return torch.conv2d(x, weight, new TensorOptional(bias), ONE, ONE, ONE, 1);
    }

    private Tensor prelu(Tensor x, String slope) {
        return torch.prelu(x, parameters.get(slope));
    }
}
