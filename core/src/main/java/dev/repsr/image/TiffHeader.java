package dev.repsr.image;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Structure of the first page of a TIFF file that is read by rows. Strips are tiles as wide as the picture.
 *
 * @param samples stored for each pixel
 * @param bits of each sample: 1, 2, 4, 8, 16
 * @param photometric 0 counts from white, 1 from black, 2 RGB, 3 palette
 * @param alpha index of the alpha sample, or -1
 * @param premultiplied whether the colours are stored multiplied with alpha
 * @param planar whether each sample has tiles of its own
 * @param compression 1 none, 5 LZW, 8 deflate, 32773 PackBits
 * @param predictor whether rows hold differences
 * @param offsets positions of the tiles, row by row, sample by sample if planar
 * @param counts their lengths in bytes
 * @param palette red, then green, then blue of each entry, 16 bits; empty without
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffHeader(
        byte[] file,
        ByteOrder order,
        int width,
        int height,
        int samples,
        int bits,
        int photometric,
        int alpha,
        boolean premultiplied,
        boolean planar,
        int compression,
        boolean predictor,
        int tileWidth,
        int tileHeight,
        long[] offsets,
        long[] counts,
        int[] palette,
        ImageMetadata metadata,
        List<String> warnings)
        implements Header {
    @Override
    public ImageType type() {
        return ImageType.TIFF;
    }

    int tilesAcross() {
        return Math.ceilDiv(width, tileWidth);
    }

    int tilesDown() {
        return Math.ceilDiv(height, tileHeight);
    }
}
