package dev.repsr.check;

/**
 * How luma goes past a pixel in one direction. Where it goes on rising or falling, every enlargement does so too. At an edge, a
 * line or a dot it does not go on, and what a network makes of those is its own matter.
 *
 * @param before step from the pixel before to this one
 * @param after step from this one to the next
 */
record Slope(double before, double after) {
    private static final double FLAT = 1.5 / 255;
    private static final double MOST_UNEVEN = 3;

    boolean isFlat() {
        return Math.abs(before) < FLAT && Math.abs(after) < FLAT;
    }

    /** Whether the steps are alike. */
    boolean tells() {
        double less = Math.min(Math.abs(before), Math.abs(after));
        double more = Math.max(Math.abs(before), Math.abs(after));
        return isFlat() || (before * after > 0 && more <= MOST_UNEVEN * less);
    }

    /** From one pixel to the next. */
    double rise() {
        return (before + after) / 2;
    }
}
