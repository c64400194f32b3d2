package dev.repsr.train.fold;

/**
 * A picture of some channels inside an array, surrounded by zeros.
 *
 * @param at index of the first pixel's first channel
 * @param row distance from a pixel to the one below
 * @param pixel distance from a pixel to its right neighbour; channels lie side by side
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 */
public record Pixels(float[] values, int at, int row, int pixel, int height, int width) {

    /** One pixel after the other without gaps, [height, width, channels]. */
    public static Pixels dense(float[] values, int height, int width, int channels) {
        return new Pixels(values, 0, width * channels, channels, height, width);
    }

    boolean inside(int y, int x) {
        return y >= 0 && y < height && x >= 0 && x < width;
    }

    /** Index of a pixel's first channel. */
    int index(int y, int x) {
        return at + y * row + x * pixel;
    }
}
