package dev.repsr.image;

import dev.repsr.image.SectionInput.Section;
import java.util.List;

/** A file that a decoder of ImageIO reads. */
sealed interface ForeignHeader extends Header permits JpegHeader, OtherHeader {
    /** The parts of the file that the decoder is to see. */
    List<Section> sections();
}
