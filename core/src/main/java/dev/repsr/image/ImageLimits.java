package dev.repsr.image;

/**
 * What is read at most. A few bytes can ask for gigabytes of pixels, so sizes are compared with these before anything is
 * decoded.
 *
 * @param maxInputPixels width times height of a picture that is read
 * @param maxOutputPixels width times height of what is made of it
 * @param maxBytes size of a picture file
 */
public record ImageLimits(long maxInputPixels, long maxOutputPixels, long maxBytes) {
    /** Longest side of a picture that is read. */
    public static final int MAX_SIDE = 65_500;

    private static final long DEFAULT_PIXELS = 50_000_000;
    private static final long LEAST_BYTES = 256L << 20;

    /** Four channels of 16 bits, as they lie in a TIFF without compression, and one for all else. */
    private static final long BYTES_A_PIXEL = 9;

    /** Checks the ranges. */
    public ImageLimits {
        if (maxInputPixels < 1 || maxOutputPixels < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a limit below 1: " + maxInputPixels + " pixels in, " + maxOutputPixels
                    + " pixels out, " + maxBytes + " bytes");
        }
    }

    /** 50 megapixels in, 16 times that out, 450 MB. */
    public static ImageLimits defaults() {
        return ofInputPixels(DEFAULT_PIXELS);
    }

    /** {@code pixels} in, 16 times that out; files of 9 bytes a pixel, at least 256 MiB. */
    public static ImageLimits ofInputPixels(long pixels) {
        return new ImageLimits(
                pixels,
                Math.multiplyExact(pixels, 16L),
                Math.max(LEAST_BYTES, Math.multiplyExact(pixels, BYTES_A_PIXEL)));
    }

    /** Refuses the size that a picture's header states. */
    public void checkInput(String name, long width, long height) throws ImageRefused {
        if (width < 1 || height < 1) {
            throw new ImageRefused(
                    ImageRefused.Reason.DAMAGED, name + " states a size of " + width + "x" + height + " pixels");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    name + " has " + width + "x" + height + " pixels, and no side may be longer than " + MAX_SIDE);
        }
        if (Math.multiplyExact(width, height) > maxInputPixels) {
            throw new ImageRefused(
                    Limit.PIXELS,
                    name + " has " + width + "x" + height + " pixels, more than the limit of " + maxInputPixels
                            + "; raise the limit if the picture is trusted");
        }
    }

    /**
     * Refuses the size of what would be made.
     *
     * @param name of the input
     */
    public void checkOutput(String name, long width, long height) throws ImageRefused {
        if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE || width * height > maxOutputPixels) {
            throw new ImageRefused(
                    Limit.PIXELS,
                    name + " would become " + width + "x" + height + " pixels, more than the limit of "
                            + maxOutputPixels + "; choose a smaller size or raise the limit");
        }
    }
}
