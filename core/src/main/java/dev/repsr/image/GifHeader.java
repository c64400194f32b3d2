package dev.repsr.image;

import java.util.List;

/**
 * Structure of a GIF file.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param colours position of the common palette, or -1
 * @param colourCount entries of it
 * @param frames in their order, at least one
 * @param loops how often the animation is played; 0 is for ever, -1 is not stated
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GifHeader(
        byte[] file,
        int width,
        int height,
        int colours,
        int colourCount,
        List<Frame> frames,
        int loops,
        List<String> warnings)
        implements Header {

    /**
     * One frame.
     *
     * @param colours position of its palette, or -1
     * @param transparent index of the transparent colour, or -1
     * @param disposal what becomes of it before the next one: 2 cleared, 3 what was before it, else it stays
     * @param delay how long it is shown, in hundredths of a second
     * @param data position of its compressed indices
     */
    record Frame(
            int x,
            int y,
            int width,
            int height,
            boolean interlaced,
            int colours,
            int colourCount,
            int transparent,
            int disposal,
            int delay,
            int data) {}

    @Override
    public ImageType type() {
        return ImageType.GIF;
    }

    @Override
    public ImageMetadata metadata() {
        return ImageMetadata.NONE;
    }
}
