package dev.repsr.train.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a step minimises; both tensors are [N, 3, height, width]. */
public enum Objective {
    /** Mean absolute error. */
    ABSOLUTE {
        @Override
        Tensor of(Tensor output, Tensor target) {
            // The same values and gradients as l1_loss, which makes five passes over memory where this makes two.
            return torch.smooth_l1_loss(output, target, MEAN, Float.MIN_NORMAL);
        }
    },
    /** Mean squared error. */
    SQUARED {
        @Override
        Tensor of(Tensor output, Tensor target) {
            return torch.mse_loss(output, target);
        }
    },
    /** Charbonnier: mean of sqrt(error^2 + 1e-6), smooth where the absolute error has its corner. */
    CHARBONNIER {
        @Override
        Tensor of(Tensor output, Tensor target) {
            return output.sub(target)
                    .square()
                    .add(new Scalar(CORNER * CORNER))
                    .sqrt()
                    .mean();
        }
    },
    /** Mean over the patches of ln(mean squared error + 1e-5): minus the PSNR, but for a factor and nearly perfect patches. */
    LOGARITHMIC {
        @Override
        Tensor of(Tensor output, Tensor target) {
            Tensor squares = output.sub(target).square().reshape(output.size(0), output.numel() / output.size(0));
            return squares.mean(1).add(new Scalar(NEARLY_PERFECT)).log().mean();
        }
    };

    /** libtorch's number of that reduction. */
    private static final long MEAN = 1;

    /** Errors well below it count by their square, those above it by themselves. */
    private static final double CORNER = 1e-3;

    /** As of a PSNR of 50 dB: below it a patch hardly counts, or flat ones would drive the rest out. */
    private static final double NEARLY_PERFECT = 1e-5;

    /** Weights of red, green and blue in the luma of ITU-R BT.601, of full range. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    abstract Tensor of(Tensor output, Tensor target);

    /** The same of the luma of both. */
    final Tensor ofLuma(Tensor output, Tensor target) {
        Tensor weights = torch.tensor(LUMA).type_as(output).reshape(1, LUMA.length, 1, 1);
        return of(luma(output, weights), luma(target, weights));
    }

    private static Tensor luma(Tensor rgb, Tensor weights) {
        return rgb.mul(weights).sum(new long[] {1}, true, new ScalarTypeOptional());
    }
}
