package dev.repsr.train.degrade;

import java.util.SplittableRandom;

/** Random numbers of one patch: the same for the same seed on every machine. */
final class Draws {
    /** Of a sum of four whole numbers of 16 bits. */
    private static final double MEAN = 2 * 65535.0;

    private static final float DEVIATION = (float) StrictMath.sqrt(4 * (65536.0 * 65536.0 - 1) / 12);

    private final SplittableRandom random;

    Draws(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Uniform in {@code from..to}. */
    double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** True with this probability. */
    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** The index of a weight, as likely as the weights say. */
    int choice(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = random.nextDouble() * total;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /**
     * Nearly normal, mean 0, variance 1: the sum of four uniform numbers out of one draw, which ends at 3.5 deviations. Noise
     * needs one for every sample, and an exact one costs ten times as much.
     */
    float normal() {
        long bits = random.nextLong();
        long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (float) (sum - MEAN) / DEVIATION;
    }
}
