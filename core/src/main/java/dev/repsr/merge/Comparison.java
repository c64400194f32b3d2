package dev.repsr.merge;

import org.jspecify.annotations.Nullable;

/** Collects the differences that a {@link Receipt} states. */
final class Comparison {
    private int patches;
    private long values;
    private double sum;
    private double max;
    private double engineMax;
    private int engineLevels;
    private @Nullable Double trainerMax;

    /** Branches against merged form on one patch, both [3, h, w] in double. */
    void addMerged(double[] branches, double[] merged) {
        patches++;
        for (int i = 0; i < branches.length; i++) {
            double difference = Math.abs(branches[i] - merged[i]);
            values++;
            sum += difference;
            // Math.max keeps NaN, so that it cannot hide.
            max = Math.max(max, difference);
        }
    }

    /** Branches, [3, h, w], against an engine's output on one patch, same layout. */
    void addEngine(double[] branches, float[] engine) {
        for (int i = 0; i < branches.length; i++) {
            engineMax = Math.max(engineMax, Math.abs(branches[i] - engine[i]));
            engineLevels = Math.max(engineLevels, Math.abs(level(branches[i]) - level(engine[i])));
        }
    }

    /** The training framework's output on one patch against an engine's, both [3, h, w] in float. */
    void addTrainer(float[] trainer, float[] engine) {
        double largest = trainerMax == null ? 0 : trainerMax;
        for (int i = 0; i < trainer.length; i++) {
            largest = Math.max(largest, Math.abs((double) trainer[i] - engine[i]));
        }
        trainerMax = largest;
    }

    private static int level(double value) {
        return (int) Math.floor(Math.clamp(value, 0.0, 1.0) * 255 + 0.5);
    }

    Receipt receipt() {
        if (values == 0) {
            throw new IllegalStateException("nothing was compared");
        }
        return new Receipt(patches, max, sum / (double) values, engineMax, engineLevels, trainerMax);
    }
}
