package dev.repsr.train.torch;

import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Objective;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A {@link Goal} as a graph of libtorch; both tensors are [N, 3, height, width]. */
final class LossGraph {
    /** libtorch's number of that reduction. */
    private static final long MEAN = 1;

    /** Weights of red, green and blue in the luma of ITU-R BT.601, of full range. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private LossGraph() {}

    /** @param absolute the mean absolute error of the two, which is known already */
    static Tensor of(Goal goal, Tensor output, Tensor target, Tensor absolute) {
        Tensor loss = switch (goal.colours()) {
            case RGB -> goal.objective() == Objective.ABSOLUTE ? absolute : of(goal.objective(), output, target);
            case DIFFERENCES -> ofDifferences(goal.objective(), output, target);
        };
        if (goal.lumaWeight() > 0) {
            loss = loss.lerp(ofLuma(goal.objective(), output, target), new Scalar(goal.lumaWeight()));
        }
        if (goal.frequencyWeight() > 0) {
            loss = loss.add(frequencies(output, target).mul(new Scalar(goal.frequencyWeight())));
        }
        return loss;
    }

    static Tensor of(Objective objective, Tensor output, Tensor target) {
        return switch (objective) {
            // The same values and gradients as l1_loss, which makes five passes over memory where this makes two.
            case ABSOLUTE -> torch.smooth_l1_loss(output, target, MEAN, Float.MIN_NORMAL);
            case SQUARED -> torch.mse_loss(output, target);
            case CHARBONNIER ->
                output.sub(target)
                        .square()
                        .add(new Scalar(Objective.CORNER * Objective.CORNER))
                        .sqrt()
                        .mean();
            case LOGARITHMIC -> {
                Tensor squares = output.sub(target).square().reshape(output.size(0), output.numel() / output.size(0));
                yield squares.mean(1)
                        .add(new Scalar(Objective.NEARLY_PERFECT))
                        .log()
                        .mean();
            }
        };
    }

    /** The same of the luma of both. */
    static Tensor ofLuma(Objective objective, Tensor output, Tensor target) {
        Tensor weights = torch.tensor(LUMA).type_as(output).reshape(1, LUMA.length, 1, 1);
        return of(objective, luma(output, weights), luma(target, weights));
    }

    /** The same of what the colours of both differ from their luma by. */
    static Tensor ofDifferences(Objective objective, Tensor output, Tensor target) {
        Tensor weights = torch.tensor(LUMA).type_as(output).reshape(1, LUMA.length, 1, 1);
        return of(objective, output.sub(luma(output, weights)), target.sub(luma(target, weights)));
    }

    private static Tensor luma(Tensor rgb, Tensor weights) {
        return rgb.mul(weights).sum(new long[] {1}, true, new ScalarTypeOptional());
    }

    /** The transform is linear, so the difference of the spectra is the spectrum of the difference. */
    static Tensor frequencies(Tensor output, Tensor target) {
        Tensor spectrum = torch.view_as_real(torch.fft_rfft2(output.sub(target).contiguous()));
        double pixels = (double) (output.size(2) * output.size(3));
        return spectrum.abs().mean().mul(new Scalar(1 / Math.sqrt(pixels)));
    }
}
