package dev.repsr.image;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes pictures. PNG, JPEG and TIFF go row by row: no more than a few rows are held, however high the picture is; GIF and WebP
 * hold a whole picture ({@link #heldBytes}). Values are clamped to 0..1 and rounded, halves up; a value that is no number is a
 * failure, never a pixel.
 */
public final class ImageWriter {
    /** Longest side of a JPEG; its encoder allows no more. */
    static final int MAX_JPEG_SIDE = 65_500;

    private ImageWriter() {}

    /**
     * Writes all rows.
     *
     * @param rows nothing has been read of it yet; stays open
     * @param out is flushed, stays open; a TIFF is compressed only if it is a {@link dev.repsr.io.PatchableOutput}
     * @throws IllegalArgumentException before the first row is read, with the sentence of {@link #refusal}
     * @throws IOException if {@code rows} or {@code out} fails, or a value is NaN or infinite
     */
    public static void write(PictureRows rows, ImageType type, EncodeOptions options, OutputStream out)
            throws IOException {
        requireWritable(rows.format(), type);
        ImageMetadata metadata =
                KeptMetadata.of(rows.format(), options.metadata(), type).metadata();
        EncodeOptions kept = options.withMetadata(metadata);
        switch (type) {
            case PNG -> PngEncoder.write(rows, kept, out);
            case JPEG -> JpegEncoder.write(rows, kept, out);
            case TIFF -> TiffEncoder.write(rows, kept, out);
            case GIF -> GifEncoder.write(rows, out);
            case WEBP -> WebpEncoder.write(rows, kept, out);
            case BMP, PNM -> throw new IllegalStateException(type + " was refused");
        }
        out.flush();
    }

    /**
     * Writes an animation as a GIF, one frame in memory.
     *
     * @param out is flushed, stays open
     * @throws IllegalArgumentException before the first frame is read, with the sentence of {@link #refusal}
     * @throws IOException if {@code frames} or {@code out} fails, or a value is NaN or infinite
     */
    public static void writeAnimation(PictureFrames frames, OutputStream out) throws IOException {
        requireWritable(frames.format(), ImageType.GIF);
        GifEncoder.write(frames, out);
        out.flush();
    }

    private static void requireWritable(PictureFormat format, ImageType type) {
        Optional<String> refusal = refusal(format, type);
        if (refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.get());
        }
    }

    /** Why a picture of this format cannot be written as {@code type}: one sentence; empty if it can. */
    public static Optional<String> refusal(PictureFormat format, ImageType type) {
        return switch (type) {
            case PNG, TIFF -> longRowRefusal(format);
            case JPEG -> jpegRefusal(format);
            case GIF -> sideRefusal(format, "A GIF", GifEncoder.MAX_SIDE);
            case WEBP -> webpRefusal(format);
            case BMP, PNM -> Optional.of(type.title() + " files are not written; choose PNG, JPEG, TIFF, GIF or WebP");
        };
    }

    /** Bytes that writing such a picture holds beside a few rows. */
    public static long heldBytes(PictureFormat format, ImageType type) {
        long pixels = (long) format.width() * format.height();
        return switch (type) {
            case PNG, JPEG, TIFF, BMP, PNM -> 0;
            // Pixels and palette indices; sums from which the palette is made.
            case GIF -> 5 * pixels + 64 * Math.min(pixels, GifPalette.BINS);
            // Our picture, the encoder's copy, which alpha has made twice, and the file.
            case WEBP -> (format.hasAlpha() ? 14 : 10) * pixels;
        };
    }

    /** What a file of {@code type} cannot keep of a picture and its metadata: one sentence each. */
    public static List<String> losses(PictureFormat format, ImageMetadata metadata, ImageType type) {
        List<String> losses = new ArrayList<>();
        if (format.bitDepth() == 16 && type != ImageType.PNG && type != ImageType.TIFF) {
            losses.add(type.title() + " holds 8 bits of the picture's 16; PNG and TIFF hold all");
        }
        losses.addAll(KeptMetadata.of(format, metadata, type).losses());
        return losses;
    }

    private static Optional<String> longRowRefusal(PictureFormat format) {
        long rowBytes = (long) format.width() * format.channels() * (format.bitDepth() / 8);
        return rowBytes > Integer.MAX_VALUE / 2
                ? Optional.of("Rows of " + format.width() + " pixels are too long to be written; choose a smaller size")
                : Optional.empty();
    }

    private static Optional<String> jpegRefusal(PictureFormat format) {
        if (format.hasAlpha()) {
            return Optional.of("A JPEG file holds no transparency, and the picture has some; write a PNG");
        }
        return sideRefusal(format, "A JPEG file", MAX_JPEG_SIDE);
    }

    private static Optional<String> webpRefusal(PictureFormat format) {
        Optional<String> tooLong = sideRefusal(format, "A WebP file", WebpEncoder.MAX_SIDE);
        if (tooLong.isPresent()) {
            return tooLong;
        }
        if (!WebpEncoder.isThere()) {
            return Optional.of(
                    "WebP files are written by the optional plug-in webp-imageio, which is not there; write a PNG");
        }
        return Optional.ofNullable(WebpLibrary.problem())
                .map(why -> "WebP files cannot be written: the library for them cannot be loaded (" + why + "); "
                        + WebpLibrary.CURE + ", or write a PNG");
    }

    private static Optional<String> sideRefusal(PictureFormat format, String what, int longest) {
        boolean tooLong = format.width() > longest || format.height() > longest;
        return tooLong
                ? Optional.of(what + " cannot have a side longer than " + longest + " pixels, and this is "
                        + format.width() + "x" + format.height() + "; write a PNG or choose a smaller size")
                : Optional.empty();
    }
}
