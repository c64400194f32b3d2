package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import dev.repsr.network.Weights;

/**
 * A block computed branch by branch and step by step in double arithmetic, as {@link Branch} defines it: what its merge is
 * checked against.
 */
record BlockEvaluation(Weights weights, String prefix, double epsilon) {

    FeatureMap evaluate(Block block, FeatureMap x) {
        FeatureMap sum = null;
        for (Branch branch : block.branches()) {
            FeatureMap map = x.ringed();
            for (Step step : branch.steps()) {
                map = apply(step, map);
            }
            FeatureMap part = map.centre(x.height(), x.width());
            sum = sum == null ? part : sum.plus(part);
        }
        if (sum == null) {
            throw new IllegalStateException(block + " has no branches");
        }
        return sum;
    }

    private FeatureMap apply(Step step, FeatureMap map) {
        return switch (step) {
            case Conv conv -> {
                String bias = conv.bias();
                yield map.valid(
                        read(conv.weight()),
                        conv.height(),
                        conv.width(),
                        bias == null ? new double[conv.out()] : read(bias));
            }
            case Norm norm -> map.normalise(BatchNorm.read(weights, prefix + norm.name() + ".", epsilon));
            case Stencil stencil -> map.valid(diagonal(stencil), 3, 3, stencilBias(stencil));
        };
    }

    /** The filter as a dense kernel that is zero between different channels. */
    private double[] diagonal(Stencil stencil) {
        int channels = stencil.channels();
        double[] kernel = new double[9 * channels * channels];
        double[] taps = stencil.mask().taps();
        for (int c = 0; c < channels; c++) {
            double scale = stencil.mask().learned()
                    ? weights.get(prefix + stencil.scale()).get(c)
                    : 1;
            for (int tap = 0; tap < 9; tap++) {
                kernel[(c * channels + c) * 9 + tap] = scale * taps[tap];
            }
        }
        return kernel;
    }

    private double[] stencilBias(Stencil stencil) {
        return stencil.mask().learned() ? read(stencil.bias()) : new double[stencil.channels()];
    }

    private double[] read(String name) {
        return weights.get(prefix + name).toDoubles();
    }
}
