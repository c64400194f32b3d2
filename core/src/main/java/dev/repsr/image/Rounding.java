package dev.repsr.image;

import java.io.IOException;

/** The one way from real values to samples: clamp, then round with halves up. Truncation would darken pictures. */
final class Rounding {
    private Rounding() {}

    /**
     * Refuses a row that cannot be rounded.
     *
     * @param samples of the row; the array may be longer
     * @param y the row's number
     * @throws IOException if a value is NaN or infinite: whatever computed it has failed, and black would hide it
     */
    static void requireFinite(float[] row, int samples, int y) throws IOException {
        boolean finite = true;
        for (int i = 0; i < samples; i++) {
            finite &= Math.abs(row[i]) <= Float.MAX_VALUE;
        }
        if (!finite) {
            throw new IOException(
                    "Row " + y + " of the picture has values that are no numbers; what computed them has failed");
        }
    }

    /** Sample of a value in 0..1, {@code max} being the largest sample. */
    static int toSample(float unit, int max) {
        return toSample(unit * (double) max, max);
    }

    /** Sample of a value that is already in 0..{@code max}. */
    static int toSample(double value, int max) {
        return (int) Math.clamp(Math.floor(value + 0.5), 0.0, max);
    }
}
