package dev.repsr.image;

import dev.repsr.image.ExifTags.Tag;
import dev.repsr.io.PatchableOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Writes TIFF (TIFF 6.0), as BigTIFF where positions may need more than 32 bits: 8 or 16 bits, one strip in memory. Strips are
 * deflated with horizontal differences where the output can be patched; else they are plain, since the directory, which has
 * to say where each strip lies, then goes first.
 */
final class TiffEncoder {
    private static final int STRIP = 1 << 18;
    /** Room for the directory beside the pixels. */
    private static final long MARGIN = 64L << 20;

    private static final int LEVEL = 4;

    private final PictureFormat format;
    private final SampleRows samples;
    private final OutputStream out;
    private final TiffLayout layout;
    private final int rowsPerStrip;
    private final long[] offsets;
    private final long[] counts;
    private long position;

    private TiffEncoder(PictureRows rows, EncodeOptions options, OutputStream out, boolean patched) {
        this.format = rows.format();
        this.samples = new SampleRows(rows, format.bitDepth());
        this.out = out;
        this.rowsPerStrip = Math.clamp(STRIP / samples.bytes(), 1, format.height());
        int strips = Math.ceilDiv(format.height(), rowsPerStrip);
        this.offsets = new long[strips];
        this.counts = new long[strips];
        boolean big = (long) samples.bytes() * format.height() > (1L << 32) - MARGIN;
        this.layout = new TiffLayout(big, tags(options.metadata()), format, rowsPerStrip, patched);
    }

    static void write(PictureRows rows, EncodeOptions options, OutputStream out) throws IOException {
        if (out instanceof PatchableOutput target) {
            new TiffEncoder(rows, options, out, true).deflated(target);
        } else {
            new TiffEncoder(rows, options, out, false).plain();
        }
    }

    /** EXIF data decides the byte order, since its values cannot all be turned. */
    private static ExifTags tags(ImageMetadata metadata) {
        @Nullable MetadataBytes exif = metadata.exif();
        ExifTags tags = exif == null
                ? new ExifTags(ByteOrder.LITTLE_ENDIAN, List.of(), List.of(), List.of())
                : ExifTags.of(exif);
        List<Tag> main = new ArrayList<>(tags.main());
        TiffLayout.addMetadata(main, metadata, tags.order());
        return new ExifTags(tags.order(), main, tags.exposure(), tags.place());
    }

    private void plain() throws IOException {
        long at = (long) layout.headerBytes() + layout.directoryBytes(offsets.length);
        for (int i = 0; i < offsets.length; i++) {
            int count = Math.min(rowsPerStrip, format.height() - i * rowsPerStrip);
            offsets[i] = at;
            counts[i] = (long) count * samples.bytes();
            at += counts[i];
        }
        write(layout.header(layout.headerBytes()));
        write(layout.directory(layout.headerBytes(), offsets, counts));
        byte[] row = new byte[samples.bytes()];
        for (int y = 0; y < format.height(); y++) {
            samples.read(row, 0);
            toOrder(row);
            out.write(row);
        }
    }

    private void deflated(PatchableOutput target) throws IOException {
        write(layout.header(0));
        byte[] strip = new byte[rowsPerStrip * samples.bytes()];
        byte[] block = new byte[STRIP];
        Deflater deflater = new Deflater(LEVEL);
        try {
            for (int i = 0; i < offsets.length; i++) {
                int count = Math.min(rowsPerStrip, format.height() - i * rowsPerStrip);
                for (int y = 0; y < count; y++) {
                    samples.read(strip, y * samples.bytes());
                    difference(strip, y * samples.bytes());
                }
                toOrder(strip);
                offsets[i] = position;
                deflater.reset();
                deflater.setInput(strip, 0, count * samples.bytes());
                deflater.finish();
                while (!deflater.finished()) {
                    write(block, deflater.deflate(block));
                }
                counts[i] = position - offsets[i];
            }
        } finally {
            deflater.end();
        }
        if (position % 2 == 1) {
            write(new byte[1]);
        }
        long at = position;
        write(layout.directory(at, offsets, counts));
        target.patch(layout.directoryPointerAt(), layout.pointer(at));
    }

    /** Replaces each sample of a row by its difference to that of the pixel before. */
    private void difference(byte[] strip, int from) {
        int channels = format.channels();
        if (format.bitDepth() == 8) {
            for (int i = from + samples.bytes() - 1; i >= from + channels; i--) {
                strip[i] -= strip[i - channels];
            }
            return;
        }
        for (int i = from + samples.bytes() - 2; i >= from + 2 * channels; i -= 2) {
            int before = i - 2 * channels;
            int value = sample(strip, i) - sample(strip, before);
            strip[i] = (byte) (value >> 8);
            strip[i + 1] = (byte) value;
        }
    }

    private static int sample(byte[] bytes, int at) {
        return (bytes[at] << 8) | (bytes[at + 1] & 0xFF);
    }

    private void toOrder(byte[] bytes) {
        if (format.bitDepth() == 16 && layout.order() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i + 1 < bytes.length; i += 2) {
                byte high = bytes[i];
                bytes[i] = bytes[i + 1];
                bytes[i + 1] = high;
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
    }

    private void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        position += length;
    }
}
