package dev.repsr.image;

import java.util.List;

/** What the bounded look at a file's structure found, before any decoder sees it. */
sealed interface Header permits PngHeader, TiffHeader, GifHeader, PnmHeader, ForeignHeader {
    ImageType type();

    int width();

    int height();

    /** Bytes that decoding takes beside the file's own and a few rows; 0 where it goes by rows. */
    long decodedBytes();

    ImageMetadata metadata();

    List<String> warnings();
}
