package dev.repsr.image;

import java.util.List;

/** What the bounded look at a file's structure found, before any decoder sees it. */
sealed interface Header permits PngHeader, TiffHeader, GifHeader, PnmHeader, ForeignHeader {
    ImageType type();

    int width();

    int height();

    ImageMetadata metadata();

    List<String> warnings();
}
