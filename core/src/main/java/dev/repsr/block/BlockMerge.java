package dev.repsr.block;

import dev.repsr.network.Weights;

/**
 * Folds a block into one 3x3 convolution in double arithmetic.
 *
 * <p>Exact, borders included: in every block the 3x3 convolution takes all spatial context from the zero-padded block input
 * and what follows is pointwise.
 */
public final class BlockMerge {
    private BlockMerge() {}

    /**
     * The 3x3 convolution that equals {@code block} with population statistics.
     *
     * @param prefix what the names of the block's tensors start with
     * @param epsilon of batch normalisation
     */
    public static MergedConv merge(Block block, Weights weights, String prefix, double epsilon) {
        return switch (block) {
            case PlainConv plain ->
                new MergedConv(
                        plain.channels(),
                        plain.channels(),
                        weights.get(prefix + "weight").toDoubles(),
                        weights.get(prefix + "bias").toDoubles());
            case RepSrBlock repsr -> mergeRepSr(repsr, weights, prefix, epsilon);
        };
    }

    private static MergedConv mergeRepSr(RepSrBlock block, Weights weights, String prefix, double epsilon) {
        int channels = block.channels();
        MergedConv merged =
                new MergedConv(channels, channels, new double[9 * channels * channels], new double[channels]);
        for (int p = 0; p < block.paths(); p++) {
            String path = prefix + RepSrBlock.path(p);
            BatchNorm bn = BatchNorm.read(weights, path + "bn.", epsilon);
            double[] k3 = weights.get(path + "k3").toDoubles();
            double[] shift = foldBatchNorm(k3, bn);
            composeConv1x1After3x3(
                    merged,
                    k3,
                    shift,
                    weights.get(path + "k1").toDoubles(),
                    weights.get(path + "k1.bias").toDoubles());
        }
        addIdentity(merged);
        return merged;
    }

    /** Scales each filter of {@code k3} in place; returns the bias that the normalised convolution has. */
    private static double[] foldBatchNorm(double[] k3, BatchNorm bn) {
        int filters = bn.gamma().length;
        int perFilter = k3.length / filters;
        double[] shift = new double[filters];
        for (int m = 0; m < filters; m++) {
            double scale = bn.scale(m);
            shift[m] = bn.shift(m);
            for (int i = 0; i < perFilter; i++) {
                k3[m * perFilter + i] *= scale;
            }
        }
        return shift;
    }

    /** Adds K[o] = sum over m of K1[o, m] K3[m] and b[o] = b1[o] + sum over m of K1[o, m] shift[m]. */
    private static void composeConv1x1After3x3(
            MergedConv sum, double[] k3, double[] shift, double[] k1, double[] k1Bias) {
        int expanded = shift.length;
        int perFilter = 9 * sum.in();
        for (int o = 0; o < sum.out(); o++) {
            sum.bias()[o] += k1Bias[o];
            for (int m = 0; m < expanded; m++) {
                double factor = k1[o * expanded + m];
                sum.bias()[o] += factor * shift[m];
                for (int i = 0; i < perFilter; i++) {
                    sum.kernel()[o * perFilter + i] += factor * k3[m * perFilter + i];
                }
            }
        }
    }

    private static void addIdentity(MergedConv merged) {
        for (int c = 0; c < merged.out(); c++) {
            merged.kernel()[merged.centre(c, c)] += 1;
        }
    }
}
