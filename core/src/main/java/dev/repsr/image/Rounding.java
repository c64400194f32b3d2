package dev.repsr.image;

/** The one way from real values to samples: clamp, then round with halves up. Truncation would darken pictures. */
final class Rounding {
    private Rounding() {}

    /** Sample of a value in 0..1, {@code max} being the largest sample. */
    static int toSample(float unit, int max) {
        return toSample(unit * (double) max, max);
    }

    /** Sample of a value that is already in 0..{@code max}. */
    static int toSample(double value, int max) {
        return (int) Math.clamp(Math.floor(value + 0.5), 0.0, max);
    }
}
