package dev.repsr.image;

import java.util.List;

/**
 * A picture as it was read.
 *
 * @param picture upright: the EXIF orientation has been applied
 * @param type format of the file
 * @param metadata what else the file says
 * @param warnings one sentence for each thing that is wrong with the file; empty for a sound one
 */
public record DecodedPicture(Picture picture, ImageType type, ImageMetadata metadata, List<String> warnings) {
    /** Copies the warnings. */
    public DecodedPicture {
        warnings = List.copyOf(warnings);
    }
}
