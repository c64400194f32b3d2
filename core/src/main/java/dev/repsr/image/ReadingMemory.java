package dev.repsr.image;

import org.jspecify.annotations.Nullable;

/**
 * What reading a picture takes, as its header tells. Plans, jobs, folder runs and the reader's own limit all have it from here, so
 * that what one of them promises no other refuses.
 *
 * @param peakBytes while the picture is opened: the file, what its decoder holds, and the picture that is made of it
 * @param heldBytes from then on until it is closed
 * @param framesBytes beside that while the frames of an animation are read; 0 for a single picture
 */
public record ReadingMemory(long peakBytes, long heldBytes, long framesBytes) {
    /** State of one inflater, most of it in native memory. */
    private static final long INFLATER = 48L << 10;

    private static final long LZW = 26L << 10;
    /** Metadata is copied, brought up to date and put into a chunk. */
    private static final int METADATA_COPIES = 4;

    static ReadingMemory of(Header header, long fileBytes) {
        ReadingMemory pixels = switch (header) {
            case PngHeader png -> rows(png, PngPixels.format(png), png.wholeBytes() + rowBytes(png), fileBytes);
            case TiffHeader tiff -> rows(tiff, TiffPixels.of(tiff).format(), tileBytes(tiff), fileBytes);
            case PnmHeader pnm -> rows(pnm, pnm.format(), 0, fileBytes);
            case GifHeader gif -> drawn(gif, fileBytes);
            case JpegHeader jpeg -> decoded(jpeg, jpegPixel(jpeg), Math.min(3, jpeg.components()), fileBytes);
            case OtherHeader other -> other(other, fileBytes);
        };
        long metadata = METADATA_COPIES * metadataBytes(header.metadata());
        return new ReadingMemory(pixels.peakBytes + metadata, pixels.heldBytes + metadata, pixels.framesBytes);
    }

    /** Rows come from the file as they are asked for, or fill the upright picture one by one. */
    private static ReadingMemory rows(Header header, PictureFormat format, long decoder, long fileBytes) {
        long beside = fileBytes + decoder + (long) Integer.BYTES * format.width() * format.channels();
        if (header.metadata().orientation() == 1) {
            return new ReadingMemory(beside, beside, 0);
        }
        long picture = format.bytes();
        return new ReadingMemory(beside + picture, picture, 0);
    }

    /** Two packed rows, and one of whole numbers. */
    private static long rowBytes(PngHeader png) {
        int samples = png.width() * PngHeader.samples(png.colourType());
        return 2L * PackedSamples.rowBytes(samples, png.bitDepth()) + (long) Integer.BYTES * samples;
    }

    /** A row of tiles side by side, each with a decompressor of its own, and where all of them lie. */
    private static long tileBytes(TiffHeader tiff) {
        long open = (long) tiff.tilesAcross() * (tiff.planar() ? tiff.samples() : 1);
        long each = switch (tiff.compression()) {
            case 5 -> LZW;
            case 8 -> INFLATER;
            default -> 0;
        };
        long row = (long) tiff.tilesAcross() * tiff.tileWidth() * tiff.samples();
        return open * each
                + (Integer.BYTES + 2) * row
                + (long) Long.BYTES * (tiff.offsets().length + tiff.counts().length);
    }

    /** Grey and RGB are taken over from the decoder; of four inks another picture is made. */
    private static long jpegPixel(JpegHeader jpeg) {
        return jpeg.components() == 4 ? 4 + 3 : jpeg.components();
    }

    /**
     * A decoder that gives the whole picture, stored as it is.
     *
     * @param decoding bytes a pixel until the stored picture is there
     * @param each bytes a pixel of that
     */
    private static ReadingMemory decoded(Header header, long decoding, long each, long fileBytes) {
        long pixels = (long) header.width() * header.height();
        long turning = header.metadata().orientation() == 1 ? each : 2 * each;
        return new ReadingMemory(fileBytes + pixels * Math.max(decoding, turning), pixels * each, 0);
    }

    /** A picture of ours is made of the decoder's, which may copy what is compressed. */
    private static ReadingMemory other(OtherHeader other, long fileBytes) {
        long each = (long) other.channels() * other.bitDepth() / 8;
        return decoded(other, 2 * each, each, other.type() == ImageType.BMP ? fileBytes : 2 * fileBytes);
    }

    /** A canvas of four bytes a pixel, perhaps one to go back to, a frame's indices, and the pictures made of the canvas. */
    private static ReadingMemory drawn(GifHeader gif, long fileBytes) {
        long canvas = 4L * gif.width() * gif.height();
        long drawing = 0;
        boolean back = false;
        for (GifHeader.Frame frame : gif.frames()) {
            drawing = Math.max(drawing, (long) frame.width() * frame.height());
            back |= frame.disposal() == 3;
        }
        long saved = back ? canvas : 0;
        if (gif.frames().size() == 1) {
            return new ReadingMemory(fileBytes + canvas + Math.max(saved + drawing, canvas), canvas, 0);
        }
        // The first picture, and a canvas for all.
        long held = fileBytes + 2 * canvas;
        // The picture that is being encoded stays while the next one is drawn and made.
        long frames = saved + canvas + Math.max(drawing, canvas);
        return new ReadingMemory(held + Math.max(saved + drawing, canvas), held, frames);
    }

    /** A picture that is made of one in memory, which is the caller's. */
    static ReadingMemory ofCopy(PictureFormat format) {
        return new ReadingMemory(format.bytes(), format.bytes(), 0);
    }

    private static long metadataBytes(ImageMetadata metadata) {
        IccProfile profile = metadata.profile();
        return (profile == null ? 0 : profile.length())
                + length(metadata.exif())
                + length(metadata.xmp())
                + length(metadata.iptc())
                + metadata.chunks().stream()
                        .mapToLong(chunk -> chunk.data().length())
                        .sum();
    }

    private static long length(@Nullable MetadataBytes bytes) {
        return bytes == null ? 0 : bytes.length();
    }
}
