package dev.repsr.network;

/** One step of a {@link Network}; a feature map has {@code channels} planes of the size of the input picture until the shuffle. */
public sealed interface Layer {

    /**
     * 3x3 convolution, stride 1, zero padding 1.
     *
     * @param name prefix of its tensors {@code name.weight} [out, in, 3, 3] and {@code name.bias} [out]
     */
    record Conv3x3(String name, int in, int out) implements Layer {
        /** Checks the ranges. */
        public Conv3x3 {
            requirePositive(name, in);
            requirePositive(name, out);
        }
    }

    /**
     * Parametric ReLU: x where x is at least 0, else slope times x.
     *
     * @param name prefix of its tensor {@code name.weight} [channels], one slope per channel
     */
    record PRelu(String name, int channels) implements Layer {
        /** Checks the ranges. */
        public PRelu {
            requirePositive(name, channels);
        }
    }

    /**
     * Sub-pixel shuffle: channel c*s*s + r*s + q at (y, x) becomes channel c at (y*s + r, x*s + q).
     *
     * @param scale s, at least 1
     */
    record PixelShuffle(int scale) implements Layer {
        /** Checks the ranges. */
        public PixelShuffle {
            requirePositive("pixel shuffle", scale);
        }
    }

    /**
     * Adds the network's input, enlarged {@code scale} times by nearest neighbour.
     *
     * @param scale at least 1
     */
    record AddNearest(int scale) implements Layer {
        /** Checks the ranges. */
        public AddNearest {
            requirePositive("nearest-neighbour skip", scale);
        }
    }

    private static void requirePositive(String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + ": " + number + " is not positive");
        }
    }
}
