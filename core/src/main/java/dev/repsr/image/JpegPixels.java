package dev.repsr.image;

import java.awt.image.Raster;
import java.util.List;

/** Takes a decoded JPEG over. */
final class JpegPixels {
    private JpegPixels() {}

    static Picture picture(String name, JpegHeader header, Raster raster, List<String> warnings) {
        if (raster.getNumBands() != header.components()) {
            throw new IllegalStateException(raster.getNumBands() + " bands instead of " + header.components());
        }
        if (!header.complete()) {
            warnings.add(name + " is cut off; its last part is missing");
        }
        if (header.components() == 4) {
            PictureFormat rgb = new PictureFormat(header.width(), header.height(), 3, 8);
            return RasterPicture.mapped(raster, rgb, header.ycck() ? JpegPixels::fromYcck : cmyk(header.inverted()));
        }
        return RasterPicture.plain(raster, new PictureFormat(header.width(), header.height(), header.components(), 8));
    }

    /**
     * The light that is left under two inks which leave so much each, of at most {@code max}. Ink over ink takes it away in proportion;
     * there is no better rule without the press's profile.
     */
    static int light(long colour, long black, long max) {
        return (int) ((colour * black + max / 2) / max);
    }

    private static PixelMap cmyk(boolean inverted) {
        int flip = inverted ? 0 : 255;
        return (in, from, out, to) -> {
            int black = in[from + 3] ^ flip;
            for (int c = 0; c < 3; c++) {
                out[to + c] = light(in[from + c] ^ flip, black, 255);
            }
        };
    }

    /** YCbCr (ITU-T T.871) of the inks' complements, as Adobe's programs write it. */
    private static void fromYcck(int[] in, int from, int[] out, int to) {
        double y = in[from];
        double cb = in[from + 1] - 128.0;
        double cr = in[from + 2] - 128.0;
        int black = in[from + 3];
        out[to] = ink(y + 1.402 * cr, black);
        out[to + 1] = ink(y - 0.344136 * cb - 0.714136 * cr, black);
        out[to + 2] = ink(y + 1.772 * cb, black);
    }

    private static int ink(double value, int black) {
        return light(255 - Rounding.toSample(value, 255), black, 255);
    }
}
