package dev.repsr.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a picture file says besides its pixels.
 *
 * @param profile colour profile that the sample values are meant in, if any; samples are never converted
 * @param density resolution for print, if stated
 * @param orientation EXIF orientation that the file asked for, 1..8; it has been applied to the pixels already
 * @param exif EXIF data as it came, if any
 * @param xmp XMP packet as it came, if any
 * @param iptc IPTC records as they came, if any
 * @param chunks what a PNG says of its colours beside a profile, and its texts; other formats have no place for it
 */
public record ImageMetadata(
        @Nullable IccProfile profile,
        @Nullable Density density,
        int orientation,
        @Nullable MetadataBytes exif,
        @Nullable MetadataBytes xmp,
        @Nullable MetadataBytes iptc,
        List<PngChunk> chunks) {
    /** Nothing known. */
    public static final ImageMetadata NONE = new ImageMetadata(null, null, 1);

    /** Without EXIF, XMP and IPTC. */
    public ImageMetadata(@Nullable IccProfile profile, @Nullable Density density, int orientation) {
        this(profile, density, orientation, null, null, null, List.of());
    }

    /** Without what only a PNG says. */
    public ImageMetadata(
            @Nullable IccProfile profile,
            @Nullable Density density,
            int orientation,
            @Nullable MetadataBytes exif,
            @Nullable MetadataBytes xmp,
            @Nullable MetadataBytes iptc) {
        this(profile, density, orientation, exif, xmp, iptc, List.of());
    }

    /**
     * Resolution for print.
     *
     * @param x pixels per inch across
     * @param y pixels per inch down
     */
    public record Density(double x, double y) {
        private static final double METRES_AN_INCH = 0.0254;

        /** Checks the ranges. */
        public Density {
            if (!(x > 0 && y > 0 && x < 1e6 && y < 1e6)) {
                throw new IllegalArgumentException(x + "x" + y + " pixels per inch");
            }
        }

        /** The density of so many pixels a metre. */
        static Density perMetre(double x, double y) {
            return new Density(x * METRES_AN_INCH, y * METRES_AN_INCH);
        }

        /** Pixels a metre, as PNG states it. */
        static int perMetre(double perInch) {
            return (int) Math.max(1, Math.round(perInch / METRES_AN_INCH));
        }
    }

    /** Checks the ranges. */
    public ImageMetadata {
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("orientation " + orientation);
        }
        chunks = List.copyOf(chunks);
    }

    /** Whether the samples are stated to count light itself, of which 8 bits leave few steps for shadows. */
    public boolean isLinear() {
        return (profile != null && profile.isLinear()) || PngColours.linear(chunks);
    }

    /** What says how the colours are meant, for a picture that stands upright; nothing of where, when and by whom it was made. */
    public ImageMetadata ofColours() {
        return new ImageMetadata(
                profile,
                null,
                1,
                null,
                null,
                null,
                chunks.stream().filter(chunk -> !chunk.isText()).toList());
    }

    /**
     * The same for a picture of another size that stands upright: orientation 1, also in EXIF and XMP, all sizes and places in pixels
     * that these two state brought up to date, and EXIF's preview taken out. An orientation that was not applied stays.
     *
     * @param input the upright picture that this speaks of
     * @param output the picture that is to be written
     */
    public ImageMetadata forOutput(PictureFormat input, PictureFormat output) {
        NewSize size = new NewSize(orientation, input, output);
        return new ImageMetadata(
                profile,
                density,
                1,
                exif == null ? null : ExifPatch.upright(exif, size),
                xmp == null ? null : XmpPatch.upright(xmp, size),
                iptc,
                chunks);
    }
}
