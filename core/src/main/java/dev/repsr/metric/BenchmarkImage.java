package dev.repsr.metric;

import dev.repsr.image.Bicubic;
import dev.repsr.image.Picture;

/**
 * One picture of a benchmark.
 *
 * @param name file name without ending
 * @param hr the original, RGB of 8 bits, sides multiples of the scale
 * @param lr what is enlarged: smaller by the scale
 * @param bicubic scores of bicubic enlargement
 */
public record BenchmarkImage(String name, Picture hr, Picture lr, ImageScore bicubic) {

    /** Measures bicubic enlargement; sides of {@code hr} are more than twice the scale. */
    public static BenchmarkImage of(String name, Picture hr, Picture lr, int scale) {
        return new BenchmarkImage(name, hr, lr, ImageScore.of(name, hr, Bicubic.enlarge(lr, scale), scale));
    }
}
