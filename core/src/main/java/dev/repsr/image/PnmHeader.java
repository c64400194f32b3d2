package dev.repsr.image;

import java.util.List;

/**
 * Structure of a PNM file: PBM, PGM, PPM or PAM.
 *
 * @param channels 1 to 4
 * @param largest the value of white, 1 to 65,535
 * @param kind how the samples are written
 * @param pixels position of the first sample
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PnmHeader(
        int width, int height, int channels, int largest, Kind kind, byte[] file, int pixels, List<String> warnings)
        implements Header {
    /** How samples are written. */
    enum Kind {
        /** Numbers in letters. */
        TEXT,
        /** Black and white in letters, 1 is black. */
        BIT_TEXT,
        /** Black and white in bits, 1 is black, each row from a new byte on. */
        BITS,
        /** One byte each, or two with the higher one first. */
        BYTES
    }

    @Override
    public ImageType type() {
        return ImageType.PNM;
    }

    @Override
    public ImageMetadata metadata() {
        return ImageMetadata.NONE;
    }

    PictureFormat format() {
        return new PictureFormat(width, height, channels, largest > 255 ? 16 : 8);
    }
}
