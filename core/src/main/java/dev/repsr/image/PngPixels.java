package dev.repsr.image;

import dev.repsr.image.RasterPicture.PixelMap;
import java.awt.image.Raster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a PNG's stored values their meaning: palette, transparent colour, less than eight bits. */
final class PngPixels {
    private PngPixels() {}

    static Picture picture(String name, PngHeader header, Raster raster, List<String> warnings) {
        byte[] palette = header.palette();
        if (header.colourType() == 3 && palette != null) {
            return indexed(name, header, raster, palette, warnings);
        }
        int depth = header.bitDepth() == 16 ? 16 : 8;
        int stored = PngHeader.samples(header.colourType());
        if (raster.getNumBands() != stored) {
            throw new IllegalStateException(raster.getNumBands() + " bands instead of " + stored);
        }
        int[] transparent = stored == 1 || stored == 3 ? transparentColour(header, stored) : null;
        int channels = transparent == null ? stored : stored + 1;
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, depth);
        if (transparent == null && header.bitDepth() >= 8) {
            return RasterPicture.plain(raster, format);
        }
        return RasterPicture.mapped(raster, format, widened(header.bitDepth(), stored, transparent));
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

    private static Picture indexed(
            String name, PngHeader header, Raster raster, byte[] palette, List<String> warnings) {
        byte[] alpha = header.transparency();
        int channels = alpha == null ? 3 : 4;
        int entries = palette.length / 3;
        boolean[] outside = new boolean[1];
        Picture picture = RasterPicture.mapped(
                raster, new PictureFormat(header.width(), header.height(), channels, 8), (in, from, out, to) -> {
                    int index = in[from];
                    boolean known = index < entries;
                    outside[0] |= !known;
                    for (int c = 0; c < 3; c++) {
                        out[to + c] = known ? palette[3 * index + c] & 0xFF : 0;
                    }
                    if (alpha != null) {
                        out[to + 3] = index < alpha.length ? alpha[index] & 0xFF : 255;
                    }
                });
        if (outside[0]) {
            warnings.add(name + " uses colours that its palette does not have; they are black");
        }
        return picture;
    }
}
