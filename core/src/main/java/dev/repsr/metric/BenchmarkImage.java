package dev.repsr.metric;

import dev.repsr.image.Picture;

/**
 * One picture of a benchmark.
 *
 * @param name file name without ending
 * @param hr the original, RGB of 8 bits, sides multiples of the scale
 * @param lr what is enlarged: smaller by the scale
 * @param bicubic scores of bicubic enlargement
 */
public record BenchmarkImage(String name, Picture hr, Picture lr, ImageScore bicubic) {}
