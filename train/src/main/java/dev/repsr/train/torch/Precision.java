package dev.repsr.train.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** In what the convolutions of a step compute. Weights, statistics, folding, loss and optimiser are float32 always. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32 {
        @Override
        Tensor cast(Tensor tensor) {
            return tensor;
        }
    },
    /** Brain floating point of 16 bits: 8 bits of mantissa; sums inside a convolution are float32. */
    BFLOAT16 {
        @Override
        Tensor cast(Tensor tensor) {
            return tensor.toType(torch.ScalarType.BFloat16);
        }
    };

    abstract Tensor cast(Tensor tensor);
}
