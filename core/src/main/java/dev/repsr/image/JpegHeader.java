package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/**
 * Structure of a JPEG file.
 *
 * @param components 1 grey, 3 colour
 * @param complete whether the end mark was found
 */
record JpegHeader(
        int width,
        int height,
        int components,
        boolean complete,
        List<Section> sections,
        ImageMetadata metadata,
        List<String> warnings)
        implements Header {
    @Override
    public ImageType type() {
        return ImageType.JPEG;
    }
}
