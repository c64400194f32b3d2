package dev.repsr.train.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a step minimises.
 *
 * @param objective of the pixels
 * @param lumaWeight share of it that is taken of the luma alone, 0 to 1
 * @param frequencyWeight factor of the frequency term that is added, 0 for none: the mean absolute difference of real and
 *     imaginary parts of the spectra, which are scaled by 1 / sqrt(pixels)
 */
public record Goal(Objective objective, double lumaWeight, double frequencyWeight) {

    /** An objective of the pixels in all colours. */
    public static Goal of(Objective objective) {
        return new Goal(objective, 0, 0);
    }

    /** Whether it is the same in whatever order the pixels of each patch are compared. */
    boolean isOrderless() {
        return lumaWeight == 0 && frequencyWeight == 0;
    }

    /** @param absolute the mean absolute error of the two, which is known already */
    Tensor of(Tensor output, Tensor target, Tensor absolute) {
        Tensor loss = objective == Objective.ABSOLUTE ? absolute : objective.of(output, target);
        if (lumaWeight > 0) {
            loss = loss.lerp(objective.ofLuma(output, target), new Scalar(lumaWeight));
        }
        if (frequencyWeight > 0) {
            loss = loss.add(frequencies(output, target).mul(new Scalar(frequencyWeight)));
        }
        return loss;
    }

    /** The transform is linear, so the difference of the spectra is the spectrum of the difference. */
    static Tensor frequencies(Tensor output, Tensor target) {
        Tensor spectrum = torch.view_as_real(torch.fft_rfft2(output.sub(target).contiguous()));
        double pixels = (double) (output.size(2) * output.size(3));
        return spectrum.abs().mean().mul(new Scalar(1 / Math.sqrt(pixels)));
    }
}
