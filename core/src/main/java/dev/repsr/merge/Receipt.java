package dev.repsr.merge;

import org.jspecify.annotations.Nullable;

/**
 * How well a merged network agreed with its training form. Outputs are in 0..1.
 *
 * @param patches photographs' patches that were compared, borders included
 * @param maxDifference largest difference between branches and merged form, both in double arithmetic
 * @param meanDifference mean of that difference
 * @param engineDifference largest difference between the float engines on the rounded weights and the branches in double
 * @param engineLevels the same in 8-bit levels after rounding
 * @param trainerDifference largest difference between the float engines and the branches as the training framework computes
 *     them in float; null where no framework took part
 */
public record Receipt(
        int patches,
        double maxDifference,
        double meanDifference,
        double engineDifference,
        int engineLevels,
        @Nullable Double trainerDifference) {

    /** What branches and merged form may differ by. */
    public static final double MAX_DIFFERENCE = 1e-9;

    /** What a float engine may differ by from the training form. */
    public static final double MAX_ENGINE_DIFFERENCE = 1e-4;

    /** What a float engine may differ by from the training form after rounding to 8 bits. */
    public static final int MAX_ENGINE_LEVELS = 1;

    /** As one line of JSON. */
    public String toJson() {
        return "{\"max_difference\":" + maxDifference + ",\"mean_difference\":" + meanDifference + ",\"patches\":"
                + patches + ",\"engine_max_difference\":" + engineDifference + ",\"engine_max_levels\":" + engineLevels
                + (trainerDifference == null ? "" : ",\"trainer_max_difference\":" + trainerDifference) + "}";
    }

    /**
     * Checks the limits.
     *
     * @throws ReceiptRefused that says which limit is passed, and by what
     */
    public void check() throws ReceiptRefused {
        // Negated comparisons, so that NaN is refused.
        if (!(maxDifference <= MAX_DIFFERENCE)) {
            throw new ReceiptRefused("the merged network differs from its training form by " + maxDifference
                    + " (limit " + MAX_DIFFERENCE + "), so it was not written");
        }
        if (!(engineDifference <= MAX_ENGINE_DIFFERENCE) || engineLevels > MAX_ENGINE_LEVELS) {
            throw new ReceiptRefused("the engine's output differs from the training form by " + engineDifference
                    + " or " + engineLevels + " levels of 8 bits (limits " + MAX_ENGINE_DIFFERENCE + " and "
                    + MAX_ENGINE_LEVELS + "), so the network was not written");
        }
        if (trainerDifference != null && !(trainerDifference <= MAX_ENGINE_DIFFERENCE)) {
            throw new ReceiptRefused("the engine's output differs from the training framework's by " + trainerDifference
                    + " (limit " + MAX_ENGINE_DIFFERENCE + "), so the network was not written");
        }
    }
}
