package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/** What the bounded look at a file's structure found, before any decoder sees it. */
sealed interface Header permits PngHeader, JpegHeader, OtherHeader {
    ImageType type();

    int width();

    int height();

    /** The parts of the file that the decoder is to see. */
    List<Section> sections();

    ImageMetadata metadata();

    List<String> warnings();
}
