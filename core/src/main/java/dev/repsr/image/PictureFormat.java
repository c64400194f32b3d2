package dev.repsr.image;

/**
 * Shape of a picture's samples.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param channels 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha (alpha is not premultiplied)
 * @param bitDepth 8 or 16: the depth that the samples came with and should be written with
 */
public record PictureFormat(int width, int height, int channels, int bitDepth) {
    /** Checks the ranges. */
    public PictureFormat {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " pixels");
        }
        if (channels < 1 || channels > 4) {
            throw new IllegalArgumentException(channels + " channels");
        }
        if (bitDepth != 8 && bitDepth != 16) {
            throw new IllegalArgumentException(bitDepth + " bits a sample");
        }
    }

    /** Whether the last channel is alpha. */
    public boolean hasAlpha() {
        return channels == 2 || channels == 4;
    }

    /** Number of channels without alpha: 1 or 3. */
    public int colourChannels() {
        return channels < 3 ? 1 : 3;
    }

    /** Bytes of all samples. */
    public long bytes() {
        return (long) width * height * channels * bitDepth / 8;
    }

    /** The same kind of picture in another size. */
    public PictureFormat resized(int newWidth, int newHeight) {
        return new PictureFormat(newWidth, newHeight, channels, bitDepth);
    }
}
