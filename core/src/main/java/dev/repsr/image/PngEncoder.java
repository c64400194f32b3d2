package dev.repsr.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes PNG (W3C PNG specification, third edition): 8 or 16 bits, not interlaced, two rows in memory. */
final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    /** Photographs gain little from more, and lose much time. */
    private static final int LEVEL = 4;

    private static final int BLOCK = 1 << 16;

    private final OutputStream out;

    private PngEncoder(OutputStream out) {
        this.out = out;
    }

    static void write(PictureRows rows, EncodeOptions options, OutputStream out) throws IOException {
        PngEncoder encoder = new PngEncoder(out);
        PictureFormat format = rows.format();
        out.write(SIGNATURE);
        encoder.header(format);
        encoder.metadata(options.metadata());
        encoder.exif(options.metadata(), false);
        encoder.pixels(rows);
        encoder.exif(options.metadata(), true);
        encoder.chunk("IEND", new byte[0], 0);
    }

    private void header(PictureFormat format) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int32(data, format.width());
        int32(data, format.height());
        data.write(format.bitDepth());
        data.write(
                switch (format.channels()) {
                    case 1 -> 0;
                    case 2 -> 4;
                    case 3 -> 2;
                    default -> 6;
                });
        data.writeBytes(new byte[3]);
        chunk("IHDR", data);
    }

    private void metadata(ImageMetadata metadata) throws IOException {
        for (PngChunk chunk : metadata.chunks()) {
            chunk(chunk.name(), chunk.data().bytes(), chunk.data().length());
        }
        @Nullable IccProfile profile = metadata.profile();
        if (profile != null) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.writeBytes("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
            data.writeBytes(deflated(profile.bytes()));
            chunk("iCCP", data);
        }
        ImageMetadata.@Nullable Density density = metadata.density();
        if (density != null) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            int32(data, ImageMetadata.Density.perMetre(density.x()));
            int32(data, ImageMetadata.Density.perMetre(density.y()));
            data.write(1);
            chunk("pHYs", data);
        }
        MetadataBytes xmp = metadata.xmp();
        if (xmp != null) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.writeBytes((PngText.XMP + "\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1));
            data.writeBytes(xmp.bytes());
            chunk("iTXt", data);
        }
        MetadataBytes iptc = metadata.iptc();
        if (iptc != null) {
            byte[] text = PngText.iptcText(iptc);
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.writeBytes((PngText.IPTC + "\0\0").getBytes(StandardCharsets.ISO_8859_1));
            data.writeBytes(deflated(text));
            chunk("zTXt", data);
        }
    }

    /** An orientation that was not applied came from behind the pixels, where viewers do not turn by it, and goes there again. */
    private void exif(ImageMetadata metadata, boolean behind) throws IOException {
        MetadataBytes exif = metadata.exif();
        if (exif != null && behind == (ExifOrientation.of(exif.bytes(), 0, exif.length()) != 1)) {
            chunk("eXIf", exif.bytes(), exif.length());
        }
    }

    private void pixels(PictureRows rows) throws IOException {
        PictureFormat format = rows.format();
        SampleRows samples = new SampleRows(rows, format.bitDepth());
        int pixelBytes = format.channels() * (format.bitDepth() / 8);
        PngFilter filter = new PngFilter(pixelBytes, samples.bytes());
        byte[] row = new byte[pixelBytes + samples.bytes()];
        byte[] block = new byte[BLOCK];
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setStrategy(Deflater.FILTERED);
            int filled = 0;
            for (int y = 0; y < format.height(); y++) {
                samples.read(row, pixelBytes);
                row = filter.next(row);
                deflater.setInput(filter.filtered());
                boolean last = y == format.height() - 1;
                if (last) {
                    deflater.finish();
                }
                while (last ? !deflater.finished() : !deflater.needsInput()) {
                    filled += deflater.deflate(block, filled, BLOCK - filled);
                    if (filled == BLOCK) {
                        chunk("IDAT", block, filled);
                        filled = 0;
                    }
                }
            }
            if (filled > 0) {
                chunk("IDAT", block, filled);
            }
        } finally {
            deflater.end();
        }
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            while (!deflater.finished()) {
                result.write(block, 0, deflater.deflate(block));
            }
            return result.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private void chunk(String name, ByteArrayOutputStream data) throws IOException {
        chunk(name, data.toByteArray(), data.size());
    }

    private void chunk(String name, byte[] data, int length) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int32(frame, length);
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        frame.writeBytes(letters);
        CRC32 crc = new CRC32();
        crc.update(letters);
        crc.update(data, 0, length);
        out.write(frame.toByteArray());
        out.write(data, 0, length);
        frame.reset();
        int32(frame, (int) crc.getValue());
        out.write(frame.toByteArray());
    }

    private static void int32(ByteArrayOutputStream target, int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            target.write(value >>> shift);
        }
    }
}
