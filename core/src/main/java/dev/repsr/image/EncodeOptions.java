package dev.repsr.image;

/**
 * How a picture is written.
 *
 * @param jpegQuality 1..100; only JPEG looks at it
 * @param metadata colour profile and density to be written along; its orientation is not written, since pictures are upright
 */
public record EncodeOptions(int jpegQuality, ImageMetadata metadata) {
    /** Quality of a JPEG when nothing else is asked for. */
    public static final int DEFAULT_JPEG_QUALITY = 95;

    public EncodeOptions {
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException("JPEG quality " + jpegQuality + " is not in 1..100");
        }
    }

    /** Quality 95, no metadata. */
    public static EncodeOptions defaults() {
        return new EncodeOptions(DEFAULT_JPEG_QUALITY, ImageMetadata.NONE);
    }

    /** The same with another JPEG quality. */
    public EncodeOptions withJpegQuality(int quality) {
        return new EncodeOptions(quality, metadata);
    }

    /** The same with other metadata. */
    public EncodeOptions withMetadata(ImageMetadata newMetadata) {
        return new EncodeOptions(jpegQuality, newMetadata);
    }
}
