package dev.repsr.image;

/**
 * How a picture is written.
 *
 * @param quality 1..100; only JPEG and WebP look at it
 * @param metadata to be written along, where the format can; it is to speak of the picture as it is written, so its
 *     orientation is upright ({@link ImageMetadata#forOutput})
 */
public record EncodeOptions(int quality, ImageMetadata metadata) {
    /** Quality of JPEG and WebP when nothing else is asked for. */
    public static final int DEFAULT_JPEG_QUALITY = 95;

    /** Checks the ranges. */
    public EncodeOptions {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is not in 1..100");
        }
    }

    /** Quality 95, no metadata. */
    public static EncodeOptions defaults() {
        return new EncodeOptions(DEFAULT_JPEG_QUALITY, ImageMetadata.NONE);
    }

    /** The same with another quality. */
    public EncodeOptions withJpegQuality(int quality) {
        return new EncodeOptions(quality, metadata);
    }

    /** The same with other metadata. */
    public EncodeOptions withMetadata(ImageMetadata newMetadata) {
        return new EncodeOptions(quality, newMetadata);
    }
}
