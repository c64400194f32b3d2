package dev.repsr.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Structure of a PNG file.
 *
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
 * @param bitDepth bits a sample, or a palette index: 1, 2, 4, 8, 16
 * @param interlaced whether the rows come in Adam7's passes
 * @param palette red, green, blue of each entry, with colour type 3
 * @param transparency content of the tRNS chunk, if any: alpha of palette entries, or the transparent colour
 * @param file the whole file
 * @param firstData position of the first IDAT chunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PngHeader(
        int width,
        int height,
        int colourType,
        int bitDepth,
        boolean interlaced,
        byte @Nullable [] palette,
        byte @Nullable [] transparency,
        byte[] file,
        int firstData,
        ImageMetadata metadata,
        List<String> warnings)
        implements Header {
    @Override
    public ImageType type() {
        return ImageType.PNG;
    }

    /** The same with other metadata and warnings. */
    PngHeader with(ImageMetadata newMetadata, List<String> newWarnings) {
        return new PngHeader(
                width,
                height,
                colourType,
                bitDepth,
                interlaced,
                palette,
                transparency,
                file,
                firstData,
                newMetadata,
                newWarnings);
    }

    /** Bytes of all stored samples of an interlaced picture, which have to be held together; 0 without interlace. */
    long wholeBytes() {
        return interlaced ? (long) width * height * samples(colourType) * (bitDepth == 16 ? 2 : 1) : 0;
    }

    /** Values that a file of this colour type stores for each pixel. */
    static int samples(int colourType) {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw new IllegalArgumentException("colour type " + colourType);
        };
    }
}
