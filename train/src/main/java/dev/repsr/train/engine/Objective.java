package dev.repsr.train.engine;

/** What a step minimises of the differences between output and target, [N, 3, height, width]. */
public enum Objective {
    /** Mean absolute error. */
    ABSOLUTE,
    /** Mean squared error. */
    SQUARED,
    /** Charbonnier: mean of sqrt(error^2 + {@link #CORNER}^2), smooth where the absolute error has its corner. */
    CHARBONNIER,
    /**
     * Mean over the patches of ln(mean squared error + {@link #NEARLY_PERFECT}): minus the PSNR, but for a factor and nearly
     * perfect patches.
     */
    LOGARITHMIC;

    /** Errors well below it count by their square, those above it by themselves. */
    public static final double CORNER = 1e-3;

    /** As of a PSNR of 50 dB: below it a patch hardly counts, or flat ones would drive the rest out. */
    public static final double NEARLY_PERFECT = 1e-5;
}
