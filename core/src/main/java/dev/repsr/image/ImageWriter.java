package dev.repsr.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes pictures row by row: no more than a few rows are held, however high the picture is. Values are clamped to 0..1
 * and rounded, halves up; a value that is no number is a failure, never a pixel.
 */
public final class ImageWriter {
    /** Longest side of a JPEG; its encoder allows no more. */
    static final int MAX_JPEG_SIDE = 65_500;

    private ImageWriter() {}

    /**
     * Writes all rows.
     *
     * @param rows nothing has been read of it yet; stays open
     * @param out is flushed, stays open
     * @throws IllegalArgumentException before the first row is read, with the sentence of {@link #refusal}
     * @throws IOException if {@code rows} or {@code out} fails, or a value is NaN or infinite
     */
    public static void write(PictureRows rows, ImageType type, EncodeOptions options, OutputStream out)
            throws IOException {
        PictureFormat format = rows.format();
        Optional<String> refusal = refusal(format, type);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get());
        }
        if (type == ImageType.JPEG) {
            JpegEncoder.write(rows, options, out);
        } else {
            PngEncoder.write(rows, options, out);
        }
        out.flush();
    }

    /** Why a picture of this format cannot be written as {@code type}: one sentence; empty if it can. */
    public static Optional<String> refusal(PictureFormat format, ImageType type) {
        return switch (type) {
            case PNG -> pngRefusal(format);
            case JPEG -> jpegRefusal(format);
            case BMP, GIF, TIFF -> Optional.of(type.title() + " files are not written; choose PNG or JPEG");
        };
    }

    private static Optional<String> pngRefusal(PictureFormat format) {
        long rowBytes = (long) format.width() * format.channels() * (format.bitDepth() / 8);
        return rowBytes > Integer.MAX_VALUE / 2
                ? Optional.of("Rows of " + format.width() + " pixels are too long to be written; choose a smaller size")
                : Optional.empty();
    }

    private static Optional<String> jpegRefusal(PictureFormat format) {
        if (format.hasAlpha()) {
            return Optional.of("A JPEG file holds no transparency, and the picture has some; write a PNG");
        }
        if (format.width() > MAX_JPEG_SIDE || format.height() > MAX_JPEG_SIDE) {
            return Optional.of("A JPEG file cannot have a side longer than " + MAX_JPEG_SIDE + " pixels, and this is "
                    + format.width() + "x" + format.height() + "; write a PNG or choose a smaller size");
        }
        return Optional.empty();
    }
}
