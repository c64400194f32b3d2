package dev.repsr.train.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba, 2015) on one flat parameter vector:
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8).
 */
final class Adam {
    private static final double EPSILON = 1e-8;

    private final double beta1;
    private final double beta2;

    Adam(double beta1, double beta2) {
        this.beta1 = beta1;
        this.beta2 = beta2;
    }

    /**
     * Changes parameters and both moments in place.
     *
     * @param step t, 1 for the first
     */
    @SuppressWarnings("try")
    void step(Tensor parameters, Tensor gradient, Tensor mean, Tensor square, long step, double rate) {
        try (PointerScope scope = new PointerScope()) {
            mean.mul_(new Scalar(beta1)).add_(gradient, new Scalar(1 - beta1));
            square.mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
            double correction1 = 1 - Math.pow(beta1, (double) step);
            double correction2 = 1 - Math.pow(beta2, (double) step);
            Tensor deviation =
                    square.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(EPSILON));
            parameters.addcdiv_(mean, deviation, new Scalar(-rate / correction1));
        }
    }
}
