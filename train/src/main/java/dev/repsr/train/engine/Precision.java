package dev.repsr.train.engine;

/** In what the convolutions of a step compute. Weights, statistics, folding, loss and optimiser are float32 always. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT32,
    /** Brain floating point of 16 bits: 8 bits of mantissa; sums inside a convolution are float32. */
    BFLOAT16
}
