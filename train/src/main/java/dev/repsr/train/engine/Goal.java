package dev.repsr.train.engine;

/**
 * What a step minimises.
 *
 * @param objective of the pixels
 * @param lumaWeight share of it that is taken of the luma alone, 0 to 1
 * @param frequencyWeight factor of the frequency term that is added, 0 for none: the mean absolute difference of real and
 *     imaginary parts of the spectra, which are scaled by 1 / sqrt(pixels)
 * @param colours what the rest of it is taken of
 */
public record Goal(Objective objective, double lumaWeight, double frequencyWeight, Colours colours) {

    /** A goal whose rest is taken of red, green and blue. */
    public Goal(Objective objective, double lumaWeight, double frequencyWeight) {
        this(objective, lumaWeight, frequencyWeight, Colours.RGB);
    }

    /** An objective of the pixels in all colours. */
    public static Goal of(Objective objective) {
        return new Goal(objective, 0, 0);
    }

    /** Whether it is the same in whatever order the pixels of each patch are compared. */
    public boolean isOrderless() {
        return lumaWeight == 0 && frequencyWeight == 0 && colours == Colours.RGB;
    }
}
