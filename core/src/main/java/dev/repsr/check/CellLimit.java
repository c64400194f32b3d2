package dev.repsr.check;

import java.util.Locale;

/**
 * How much a cell of an enlarged picture may differ from the input before it is looked at again. A cell differs by the mean of the
 * squared differences of its pixels; where pixels differ from their neighbours, a network may change them by a part of that.
 *
 * <p>Of 1,008 generated pictures of all kinds (SoundPicturesTest), 1 level and 0.35 of the squared steps are what the built-in networks
 * need at most. Networks for looks, which shift strong colours, need up to 20 levels.
 *
 * @param levels in 0..1, beside what the steps allow
 */
public record CellLimit(double levels) {
    private static final double STEPS = 0.35;
    private static final double LEVEL = 1.0 / 255;

    /** What any network may have. */
    static final CellLimit LEAST = new CellLimit(3 * LEVEL);

    private static final double MOST = 24 * LEVEL;

    /** Other pictures ask more of a network than the one that was measured. */
    private static final double RESERVE = 2;

    /** By how much more than the steps allow the worst cell of a known picture differs, with a reserve. */
    static CellLimit measured(double worst) {
        return new CellLimit(Math.clamp(RESERVE * Math.sqrt(Math.max(0, worst)), LEAST.levels, MOST));
    }

    /** What is left of a cell's difference when the part that its steps allow is taken away. */
    static double beyondSteps(double difference, double steps) {
        return difference - STEPS * steps;
    }

    /** A cell's difference as a multiple of what it may be. */
    double times(double difference, double steps) {
        return difference / (levels * levels + STEPS * steps);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f levels", levels / LEVEL);
    }
}
