package dev.repsr.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes GIF (GIF89a), one frame in memory, each with a palette of its own. Colours that the palette lacks are spread over
 * neighbours (Floyd and Steinberg 1976); what is less than half opaque becomes transparent.
 */
final class GifEncoder {
    /** Largest side that the format can state. */
    static final int MAX_SIDE = 65_535;

    private static final int CLEARED = 2;

    private final OutputStream out;
    private final PictureFormat format;

    private GifEncoder(OutputStream out, PictureFormat format) {
        this.out = out;
        this.format = format;
    }

    /** A still picture. */
    static void write(PictureRows rows, OutputStream out) throws IOException {
        GifEncoder encoder = new GifEncoder(out, rows.format());
        encoder.screen();
        encoder.frame(rows, 0, false);
        out.write(0x3B);
    }

    /** An animation. */
    static void write(PictureFrames frames, OutputStream out) throws IOException {
        GifEncoder encoder = new GifEncoder(out, frames.format());
        encoder.screen();
        if (frames.loops() >= 0) {
            out.write(0x21);
            out.write(0xFF);
            out.write(11);
            out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
            out.write(3);
            out.write(1);
            encoder.int16(frames.loops());
            out.write(0);
        }
        for (int i = 0; i < frames.count(); i++) {
            try (PictureRows rows = frames.next()) {
                encoder.frame(rows, frames.delay(i), true);
            }
        }
        out.write(0x3B);
    }

    private void screen() throws IOException {
        out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
        int16(format.width());
        int16(format.height());
        out.write(0x70);
        out.write(0);
        out.write(0);
    }

    private void frame(PictureRows rows, int delay, boolean animated) throws IOException {
        int[] pixels = pixels(rows);
        GifPalette palette = GifPalette.of(pixels);
        int[] colours = palette.colours();
        int transparent = colours.length;
        byte[] indices = GifDither.indices(pixels, format.width(), palette, transparent);
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(colours.length));
        out.write(0x21);
        out.write(0xF9);
        out.write(4);
        // Each frame shows all of the canvas, so the one before is cleared wherever this one is transparent.
        out.write((animated && format.hasAlpha() ? CLEARED << 2 : 0) | (format.hasAlpha() ? 1 : 0));
        int16(delay);
        out.write(format.hasAlpha() ? transparent : 0);
        out.write(0);
        out.write(0x2C);
        int16(0);
        int16(0);
        int16(format.width());
        int16(format.height());
        out.write(0x80 | bits - 1);
        for (int i = 0; i < 1 << bits; i++) {
            int colour = i < colours.length ? colours[i] : 0;
            out.write(colour >> 16);
            out.write(colour >> 8);
            out.write(colour);
        }
        GifLzwWriter.write(indices, Math.max(2, bits), out);
    }

    /** The picture as alpha, red, green and blue in an int each. */
    private int[] pixels(PictureRows rows) throws IOException {
        SampleRows samples = new SampleRows(rows, 8);
        byte[] row = new byte[samples.bytes()];
        int channels = format.channels();
        boolean colour = format.colourChannels() == 3;
        int[] pixels = new int[Math.multiplyExact(format.width(), format.height())];
        int to = 0;
        for (int y = 0; y < format.height(); y++) {
            samples.read(row, 0);
            for (int i = 0; i < row.length; i += channels) {
                int alpha = format.hasAlpha() ? row[i + channels - 1] & 0xFF : 255;
                int red = row[i] & 0xFF;
                int green = colour ? row[i + 1] & 0xFF : red;
                int blue = colour ? row[i + 2] & 0xFF : red;
                pixels[to++] = alpha << 24 | red << 16 | green << 8 | blue;
            }
        }
        return pixels;
    }

    private void int16(int value) throws IOException {
        out.write(value);
        out.write(value >> 8);
    }
}
