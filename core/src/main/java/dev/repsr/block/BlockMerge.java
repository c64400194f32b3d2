package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import dev.repsr.network.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Folds a block into one 3x3 convolution in double arithmetic: each branch step by step, then their sum. Exact, borders
 * included, for the reason that {@link Branch} gives.
 */
public final class BlockMerge {
    private final Weights weights;
    private final String prefix;
    private final double epsilon;

    private BlockMerge(Weights weights, String prefix, double epsilon) {
        this.weights = weights;
        this.prefix = prefix;
        this.epsilon = epsilon;
    }

    /**
     * The 3x3 convolution that equals {@code block} with population statistics.
     *
     * @param prefix what the names of the block's tensors start with
     * @param epsilon of batch normalisation
     */
    public static MergedConv merge(Block block, Weights weights, String prefix, double epsilon) {
        BlockMerge merge = new BlockMerge(weights, prefix, epsilon);
        MergedConv sum = new MergedConv(
                block.in(), block.out(), new double[9 * block.in() * block.out()], new double[block.out()]);
        for (Branch branch : block.branches()) {
            MergedConv map = merge.fold(branch, block.in());
            for (int i = 0; i < sum.kernel().length; i++) {
                sum.kernel()[i] += map.kernel()[i];
            }
            for (int o = 0; o < sum.out(); o++) {
                sum.bias()[o] += map.bias()[o];
            }
        }
        return sum;
    }

    /**
     * The 3x3 convolution that equals a branch, or the first steps of one; pointwise ones have zeros around the centre.
     *
     * @param channels of its input
     */
    public static MergedConv merge(Branch branch, int channels, Weights weights, String prefix, double epsilon) {
        return new BlockMerge(weights, prefix, epsilon).fold(branch, channels);
    }

    private MergedConv fold(Branch branch, int channels) {
        MergedConv map = null;
        for (Step step : branch.steps()) {
            map = switch (step) {
                case Conv conv ->
                    map == null ? alone(conv) : conv.spatial() ? spatial(conv, map) : pointwise(conv, map);
                case Norm norm -> normalised(norm, map == null ? identity(channels) : map);
                case Stencil stencil -> filtered(stencil, map == null ? identity(channels) : map);
            };
        }
        return map == null ? identity(channels) : map;
    }

    private static MergedConv identity(int channels) {
        MergedConv identity =
                new MergedConv(channels, channels, new double[9 * channels * channels], new double[channels]);
        for (int c = 0; c < channels; c++) {
            identity.kernel()[identity.centre(c, c)] = 1;
        }
        return identity;
    }

    private MergedConv alone(Conv conv) {
        double[] taps = read(conv.weight());
        double[] kernel = new double[9 * conv.in() * conv.out()];
        int size = conv.height() * conv.width();
        for (int k = 0; k < taps.length; k++) {
            kernel[k / size * 9 + tapOf9(conv, k % size)] = taps[k];
        }
        return new MergedConv(conv.in(), conv.out(), kernel, bias(conv.bias(), conv.out()));
    }

    /** Where tap {@code index} of a kernel of 1 or 3 rows and columns lies in one of 3 rows and 3 columns. */
    private static int tapOf9(Conv conv, int index) {
        int row = index / conv.width() + (3 - conv.height()) / 2;
        int column = index % conv.width() + (3 - conv.width()) / 2;
        return 3 * row + column;
    }

    /** K[o] = sum over m of W[o, m] K[m], and the biases likewise. */
    private MergedConv pointwise(Conv conv, MergedConv map) {
        double[] factors = read(conv.weight());
        double[] bias = bias(conv.bias(), conv.out());
        int perFilter = 9 * map.in();
        double[] kernel = new double[conv.out() * perFilter];
        for (int o = 0; o < conv.out(); o++) {
            for (int m = 0; m < conv.in(); m++) {
                double factor = factors[o * conv.in() + m];
                bias[o] += factor * map.bias()[m];
                for (int i = 0; i < perFilter; i++) {
                    kernel[o * perFilter + i] += factor * map.kernel()[m * perFilter + i];
                }
            }
        }
        return new MergedConv(map.in(), conv.out(), kernel, bias);
    }

    /** After a pointwise map: K[o, i, tap] = sum over m of W[o, m, tap] K[m, i, centre]; a bias counts once for each tap. */
    private MergedConv spatial(Conv conv, MergedConv map) {
        MergedConv own = alone(conv);
        double[] bias = own.bias();
        double[] kernel = new double[9 * map.in() * conv.out()];
        for (int o = 0; o < conv.out(); o++) {
            for (int m = 0; m < conv.in(); m++) {
                for (int tap = 0; tap < 9; tap++) {
                    double factor = own.kernel()[(o * conv.in() + m) * 9 + tap];
                    bias[o] += factor * map.bias()[m];
                    for (int i = 0; i < map.in(); i++) {
                        kernel[(o * map.in() + i) * 9 + tap] += factor * map.kernel()[map.centre(m, i)];
                    }
                }
            }
        }
        return new MergedConv(map.in(), conv.out(), kernel, bias);
    }

    private MergedConv normalised(Norm norm, MergedConv map) {
        BatchNorm bn = BatchNorm.read(weights, prefix + norm.name() + ".", epsilon);
        double[] kernel = map.kernel().clone();
        double[] bias = map.bias().clone();
        int perFilter = 9 * map.in();
        for (int o = 0; o < map.out(); o++) {
            bias[o] = bias[o] * bn.scale(o) + bn.shift(o);
            for (int i = 0; i < perFilter; i++) {
                kernel[o * perFilter + i] *= bn.scale(o);
            }
        }
        return new MergedConv(map.in(), map.out(), kernel, bias);
    }

    private MergedConv filtered(Stencil stencil, MergedConv map) {
        double[] taps = stencil.mask().taps();
        boolean learned = stencil.mask().learned();
        double[] bias = bias(learned ? stencil.bias() : null, map.out());
        double[] kernel = new double[map.kernel().length];
        for (int c = 0; c < map.out(); c++) {
            double scale = learned ? weights.get(prefix + stencil.scale()).get(c) : 1;
            for (int tap = 0; tap < 9; tap++) {
                bias[c] += scale * taps[tap] * map.bias()[c];
                for (int i = 0; i < map.in(); i++) {
                    kernel[(c * map.in() + i) * 9 + tap] = scale * taps[tap] * map.kernel()[map.centre(c, i)];
                }
            }
        }
        return new MergedConv(map.in(), map.out(), kernel, bias);
    }

    private double[] bias(@Nullable String name, int channels) {
        return name == null ? new double[channels] : read(name);
    }

    private double[] read(String name) {
        return weights.get(prefix + name).toDoubles();
    }
}
