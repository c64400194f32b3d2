package dev.repsr.block;

/**
 * A 3x3 convolution (zero padding 1) in double precision: what a block merges into. The arrays are owned by the record and
 * not to be changed.
 *
 * @param in input channels
 * @param out output channels
 * @param kernel [out, in, 3, 3], row-major
 * @param bias [out]
 */
public record MergedConv(int in, int out, double[] kernel, double[] bias) {
    /** Checks the sizes. */
    public MergedConv {
        if (kernel.length != 9 * in * out || bias.length != out) {
            throw new IllegalArgumentException("a 3x3 convolution of " + in + " to " + out + " channels has "
                    + kernel.length + " weights and " + bias.length + " biases");
        }
    }

    /** Index of the centre tap from input channel i to output channel o. */
    int centre(int o, int i) {
        return (o * in + i) * 9 + 4;
    }
}
