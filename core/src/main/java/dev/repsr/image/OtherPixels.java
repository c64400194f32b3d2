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
            return indexed(header, raster, palette);
        }
        int channels = raster.getNumBands();
        int depth = 8;
        for (int c = 0; c < model.getNumComponents(); c++) {
            depth = model.getComponentSize(c) > 8 ? 16 : depth;
        }
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

    private static boolean integers(Raster raster) {
        int type = raster.getTransferType();
        return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
    }

    private static PixelMap spread(ColorModel model, PictureFormat format, boolean premultiplied) {
        int channels = format.channels();
        int max = format.bitDepth() == 8 ? 255 : 65535;
        long[] largest = new long[channels];
        for (int c = 0; c < channels; c++) {
            largest[c] = (1L << model.getComponentSize(c)) - 1;
        }
        boolean divide = premultiplied && format.hasAlpha();
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

    private static Picture indexed(OtherHeader header, Raster raster, IndexColorModel palette) {
        int entries = palette.getMapSize();
        int[] colours = new int[entries];
        palette.getRGBs(colours);
        boolean grey = !palette.hasAlpha();
        for (int colour : colours) {
            grey &= (colour >> 16 & 0xFF) == (colour & 0xFF) && (colour >> 8 & 0xFF) == (colour & 0xFF);
        }
        int channels = grey ? 1 : palette.hasAlpha() ? 4 : 3;
        PictureFormat format = new PictureFormat(header.width(), header.height(), channels, 8);
        return RasterPicture.mapped(raster, format, (in, from, out, to) -> {
            int colour = in[from] < entries ? colours[in[from]] : 0xFF000000;
            if (channels == 1) {
                out[to] = colour & 0xFF;
                return;
            }
            out[to] = colour >> 16 & 0xFF;
            out[to + 1] = colour >> 8 & 0xFF;
            out[to + 2] = colour & 0xFF;
            if (channels == 4) {
                out[to + 3] = colour >>> 24;
            }
        });
    }
}
