package dev.repsr.bench;

import java.util.Arrays;

/** The value in the middle, or the mean of the two in the middle. */
final class Median {
    private Median() {}

    /** Of at least one value. */
    static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
