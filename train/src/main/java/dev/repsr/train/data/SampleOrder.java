package dev.repsr.train.data;

/**
 * The order of patches as a pure function of (seed, epoch, index): no state, so any batch can be made at any time by any
 * thread. Each epoch visits every picture once, in an order of its own; crops, orientations and orders of colours are uniform.
 *
 * @param seed of the run
 * @param pictures in the training set, at least 1
 */
record SampleOrder(long seed, int pictures) {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int ROUNDS = 4;

    SampleOrder {
        if (pictures < 1) {
            throw new IllegalArgumentException("no pictures");
        }
    }

    /** The patch at position {@code index} of the whole run, 0 for the first. */
    Sample at(long index) {
        long epoch = index / pictures;
        int position = (int) (index % pictures);
        long key = mix(mix(seed) ^ epoch);
        long random = mix(key ^ mix(position + GOLDEN));
        return new Sample(
                permuted(position, key),
                unit(mix(random + 1)),
                unit(mix(random + 2)),
                (int) (mix(random + 3) & 7),
                (int) (unit(mix(random + 4)) * Sample.COLOUR_ORDERS),
                mix(random + 5));
    }

    /**
     * A permutation of 0..pictures-1 by a Feistel network over the next power of four, walking on while it lands outside:
     * Black and Rogaway, "Ciphers with arbitrary finite domains", 2002.
     */
    private int permuted(int position, long key) {
        int halfBits = (33 - Integer.numberOfLeadingZeros(Math.max(1, pictures - 1))) / 2;
        int mask = (1 << halfBits) - 1;
        int value = position;
        do {
            int left = value >>> halfBits;
            int right = value & mask;
            for (int round = 0; round < ROUNDS; round++) {
                int next = left ^ ((int) mix(key + (long) round * GOLDEN + right) & mask);
                left = right;
                right = next;
            }
            value = left << halfBits | right;
        } while (value >= pictures);
        return value;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }
}
