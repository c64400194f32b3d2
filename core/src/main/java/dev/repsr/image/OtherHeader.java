package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a BMP or WebP file, or of a TIFF of a rare kind.
 *
 * @param width of the first frame or page
 * @param height of the first frame or page
 * @param channels the most that it can have
 * @param bitDepth the most that it can be, 8 or 16
 * @param premultiplied whether the colours are stored multiplied with alpha
 */
record OtherHeader(
        ImageType type,
        int width,
        int height,
        int channels,
        int bitDepth,
        boolean premultiplied,
        List<Section> sections,
        ImageMetadata metadata,
        List<String> warnings)
        implements ForeignHeader {

    /** A file that the decoder sees as a whole and that says nothing but its pixels. */
    static OtherHeader plain(
            ImageType type, long width, long height, int channels, byte[] file, List<String> warnings) {
        return new OtherHeader(
                type,
                (int) width,
                (int) height,
                channels,
                8,
                false,
                List.of(new Section(file, 0, file.length)),
                ImageMetadata.NONE,
                warnings);
    }
}
