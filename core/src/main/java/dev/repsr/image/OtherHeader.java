package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a BMP or WebP file, or of a TIFF of a rare kind.
 *
 * @param width of the first frame or page
 * @param height of the first frame or page
 * @param premultiplied whether the colours are stored multiplied with alpha
 */
record OtherHeader(
        ImageType type,
        int width,
        int height,
        boolean premultiplied,
        List<Section> sections,
        ImageMetadata metadata,
        List<String> warnings)
        implements ForeignHeader {

    /** The decoder's picture, and ours that is made of it. */
    @Override
    public long decodedBytes() {
        return (long) width * height * 8;
    }

    /** A file that the decoder sees as a whole and that says nothing but its pixels. */
    static OtherHeader plain(ImageType type, long width, long height, byte[] file, List<String> warnings) {
        return new OtherHeader(
                type,
                (int) width,
                (int) height,
                false,
                List.of(new Section(file, 0, file.length)),
                ImageMetadata.NONE,
                warnings);
    }
}
