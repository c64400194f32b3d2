package dev.repsr.image;

import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes over what a decoder made of a BMP, WebP or rare TIFF: palettes are looked up, odd bit depths are spread to 8 or 16. */
final class OtherPixels {
    private OtherPixels() {}

    static Picture picture(String name, OtherHeader header, BufferedImage image) throws ImageRefused {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        if (model instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        int channels = raster.getNumBands();
        int depth = depth(model);
        if (!integers(raster)
                || channels > 4
                || channels != model.getNumComponents()
                || model.hasAlpha() != (channels == 2 || channels == 4)) {
            throw new ImageRefused(
                    Reason.UNSUPPORTED,
                    name + " is a " + header.type().title() + " of a rare kind, which is not read; convert it to PNG");
        }
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, depth);
        return RasterPicture.mapped(raster, format, spread(model, format, header.premultiplied()));
    }

    /** The depth that holds each of the components: 8 or 16. */
    static int depth(ColorModel model) {
        int depth = 8;
        for (int c = 0; c < model.getNumComponents(); c++) {
            depth = model.getComponentSize(c) > 8 ? 16 : depth;
        }
        return depth;
    }

    static boolean integers(Raster raster) {
        int type = raster.getTransferType();
        return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
    }

    /** Spreads the components over the format's depth, and divides the colours by alpha where they are multiplied with it. */
    static PixelMap spread(ColorModel model, PictureFormat format, boolean premultiplied) {
        int channels = model.getNumComponents();
        int max = format.bitDepth() == 8 ? 255 : 65535;
        long[] largest = new long[channels];
        boolean asItIs = true;
        for (int c = 0; c < channels; c++) {
            largest[c] = (1L << model.getComponentSize(c)) - 1;
            asItIs &= largest[c] == max;
        }
        boolean divide = premultiplied && model.hasAlpha();
        if (asItIs && !divide) {
            return (in, from, out, to) -> System.arraycopy(in, from, out, to, channels);
        }
        return (in, from, out, to) -> {
            for (int c = 0; c < channels; c++) {
                out[to + c] = (int) ((in[from + c] * (long) max + largest[c] / 2) / largest[c]);
            }
            if (divide) {
                long alpha = out[to + channels - 1];
                for (int c = 0; c < channels - 1; c++) {
                    out[to + c] = alpha == 0 ? 0 : (int) Math.min(max, (out[to + c] * (long) max + alpha / 2) / alpha);
                }
            }
        };
    }

    /** Channels of a picture with this palette; one of greys alone makes a grey picture. */
    static int channels(IndexColorModel palette) {
        boolean grey = true;
        for (int colour : colours(palette)) {
            grey &= (colour >> 16 & 0xFF) == (colour & 0xFF) && (colour >> 8 & 0xFF) == (colour & 0xFF);
        }
        return (grey ? 1 : 3) + (palette.hasAlpha() ? 1 : 0);
    }

    private static int[] colours(IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        return colours;
    }

    /** Colours that the palette does not have are black. */
    static Picture indexed(Raster raster, IndexColorModel palette) {
        int[] colours = colours(palette);
        int channels = channels(palette);
        boolean rgb = channels >= 3;
        boolean alpha = palette.hasAlpha();
        PictureFormat format = new PictureFormat(raster.getWidth(), raster.getHeight(), channels, 8);
        return RasterPicture.mapped(raster, format, (in, from, out, to) -> {
            int colour = in[from] < colours.length ? colours[in[from]] : 0xFF000000;
            out[to] = colour >> 16 & 0xFF;
            if (rgb) {
                out[to + 1] = colour >> 8 & 0xFF;
                out[to + 2] = colour & 0xFF;
            }
            if (alpha) {
                out[to + channels - 1] = colour >>> 24;
            }
        });
    }
}
