package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a BMP, GIF or TIFF file.
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
        implements Header {

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
