package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a JPEG file.
 *
 * @param components 1 grey, 3 colour, 4 CMYK
 * @param ycck whether the first three of four components are YCbCr
 * @param inverted whether four components count ink from full to none, as Adobe's programs write them
 * @param complete whether the end mark was found
 */
record JpegHeader(
        int width,
        int height,
        int components,
        boolean ycck,
        boolean inverted,
        boolean complete,
        List<Section> sections,
        ImageMetadata metadata,
        List<String> warnings)
        implements ForeignHeader {
    @Override
    public ImageType type() {
        return ImageType.JPEG;
    }
}
