package dev.repsr.image;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PNG's stored values mean: palette, transparent colour, less than eight bits.
 *
 * @param format of the picture
 * @param map null: the stored values are the samples
 */
record PngPixels(PictureFormat format, @Nullable PixelMap map) {

    static PictureFormat format(PngHeader header) {
        return of("", header, new ArrayList<>()).format();
    }

    static PngPixels of(String name, PngHeader header, List<String> warnings) {
        byte[] palette = header.palette();
        if (header.colourType() == 3 && palette != null) {
            return indexed(name, header, palette, warnings);
        }
        int depth = header.bitDepth() == 16 ? 16 : 8;
        int stored = PngHeader.samples(header.colourType());
        int[] transparent = stored == 1 || stored == 3 ? transparentColour(header, stored) : null;
        int channels = transparent == null ? stored : stored + 1;
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, depth);
        boolean plain = transparent == null && header.bitDepth() >= 8;
        return new PngPixels(format, plain ? null : widened(header.bitDepth(), stored, transparent));
    }

    /** Spreads values of less than 8 bits over 0..255 and makes the transparent colour transparent. */
    private static PixelMap widened(int bitDepth, int stored, int @Nullable [] transparent) {
        int factor = bitDepth < 8 ? 255 / ((1 << bitDepth) - 1) : 1;
        int opaque = bitDepth == 16 ? 65535 : 255;
        return (in, from, out, to) -> {
            boolean hit = transparent != null;
            for (int c = 0; c < stored; c++) {
                out[to + c] = in[from + c] * factor;
                hit = hit && transparent != null && in[from + c] == transparent[c];
            }
            if (transparent != null) {
                out[to + stored] = hit ? 0 : opaque;
            }
        };
    }

    private static int @Nullable [] transparentColour(PngHeader header, int stored) {
        byte[] chunk = header.transparency();
        if (chunk == null || chunk.length < 2 * stored) {
            return null;
        }
        Bytes in = Bytes.bigEndian(chunk);
        int[] colour = new int[stored];
        for (int c = 0; c < stored; c++) {
            colour[c] = in.u16(2L * c) & ((1 << header.bitDepth()) - 1);
        }
        return colour;
    }

    /** A palette of greys alone makes a grey picture: grey stays grey. */
    private static PngPixels indexed(String name, PngHeader header, byte[] palette, List<String> warnings) {
        byte[] alpha = header.transparency();
        int colours = isGrey(palette) ? 1 : 3;
        int channels = alpha == null ? colours : colours + 1;
        int entries = palette.length / 3;
        boolean[] warned = new boolean[1];
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, 8);
        return new PngPixels(format, (in, from, out, to) -> {
            int index = in[from];
            boolean known = index < entries;
            if (!known && !warned[0]) {
                warned[0] = true;
                warnings.add(name + " uses colours that its palette does not have; they are black");
            }
            for (int c = 0; c < colours; c++) {
                out[to + c] = known ? palette[3 * index + c] & 0xFF : 0;
            }
            if (alpha != null) {
                out[to + colours] = index < alpha.length ? alpha[index] & 0xFF : 255;
            }
        });
    }

    private static boolean isGrey(byte[] palette) {
        for (int i = 0; i < palette.length; i += 3) {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) {
                return false;
            }
        }
        return true;
    }
}
