package dev.repsr.train.degrade;

/**
 * A small picture in float arithmetic.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param values [3, height, width], red first, nominally 0..1; belongs to the caller
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Planes(int width, int height, float[] values) {

    /** Colours. */
    static final int COLOURS = 3;

    public Planes {
        if (width < 1 || height < 1 || values.length != COLOURS * width * height) {
            throw new IllegalArgumentException(values.length + " values for " + width + "x" + height + " pixels");
        }
    }

    /** Black. */
    static Planes black(int width, int height) {
        return new Planes(width, height, new float[COLOURS * width * height]);
    }

    /** The same in an array of its own. */
    Planes copy() {
        return new Planes(width, height, values.clone());
    }

    /** Cuts every value to 0..1 in place. */
    Planes clamp() {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(values[i], 0f, 1f);
        }
        return this;
    }

    /** Cuts every value to 0..1 and rounds it to a level of 8 bits, in place. */
    Planes round() {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(Math.clamp(values[i], 0f, 1f) * 255f) / 255f;
        }
        return this;
    }
}
