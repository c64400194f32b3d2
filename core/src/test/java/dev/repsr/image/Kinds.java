package dev.repsr.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Images of every kind that AWT has a name for, and of some that it has none for, with random samples. */
public final class Kinds {
    private static final Map<String, Integer> NAMED = Map.ofEntries(
            Map.entry("INT_RGB", BufferedImage.TYPE_INT_RGB),
            Map.entry("INT_BGR", BufferedImage.TYPE_INT_BGR),
            Map.entry("INT_ARGB", BufferedImage.TYPE_INT_ARGB),
            Map.entry("INT_ARGB_PRE", BufferedImage.TYPE_INT_ARGB_PRE),
            Map.entry("3BYTE_BGR", BufferedImage.TYPE_3BYTE_BGR),
            Map.entry("4BYTE_ABGR", BufferedImage.TYPE_4BYTE_ABGR),
            Map.entry("4BYTE_ABGR_PRE", BufferedImage.TYPE_4BYTE_ABGR_PRE),
            Map.entry("BYTE_GRAY", BufferedImage.TYPE_BYTE_GRAY),
            Map.entry("USHORT_GRAY", BufferedImage.TYPE_USHORT_GRAY),
            Map.entry("BYTE_BINARY", BufferedImage.TYPE_BYTE_BINARY),
            Map.entry("BYTE_INDEXED", BufferedImage.TYPE_BYTE_INDEXED),
            Map.entry("USHORT_565_RGB", BufferedImage.TYPE_USHORT_565_RGB),
            Map.entry("USHORT_555_RGB", BufferedImage.TYPE_USHORT_555_RGB));

    private Kinds() {}

    /** One of each, by its name; "part" is a piece from within a larger one. */
    public static Map<String, BufferedImage> all(int width, int height) {
        Map<String, BufferedImage> images = new LinkedHashMap<>();
        NAMED.forEach((name, type) -> images.put(name, random(new BufferedImage(width, height, type))));
        images.put("GRAY_ALPHA", custom(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE, width, height));
        images.put("USHORT_GRAY_ALPHA", custom(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT, width, height));
        images.put("USHORT_RGB", custom(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT, width, height));
        images.put("USHORT_RGBA", custom(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT, width, height));
        images.put("GREYS_INDEXED", indexed(3, width, height));
        images.put("GREYS_ALPHA_INDEXED", indexed(4, width, height));
        BufferedImage large = random(new BufferedImage(width + 9, height + 5, BufferedImage.TYPE_3BYTE_BGR));
        images.put("part", large.getSubimage(4, 3, width, height));
        return images;
    }

    /** Random samples in a component colour model. */
    public static BufferedImage custom(int space, boolean alpha, int type, int width, int height) {
        return custom(ColorSpace.getInstance(space), alpha, type, width, height);
    }

    static BufferedImage custom(ColorSpace space, boolean alpha, int type, int width, int height) {
        ColorModel model = new ComponentColorModel(
                space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
        return random(new BufferedImage(model, model.createCompatibleWritableRaster(width, height), false, null));
    }

    private static BufferedImage indexed(int components, int width, int height) {
        byte[] palette = new byte[16 * components];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) (11 * (i / components) + (i % components == 3 ? 80 : 0));
        }
        IndexColorModel model = new IndexColorModel(4, 16, palette, 0, components == 4);
        return random(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model));
    }

    private static BufferedImage random(BufferedImage image) {
        Random random = new Random(7);
        ColorModel model = image.getColorModel();
        WritableRaster raster = image.getRaster();
        int[] pixel = new int[raster.getNumBands()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int band = pixel.length - 1; band >= 0; band--) {
                    int values = model instanceof IndexColorModel palette
                            ? palette.getMapSize()
                            : 1 << raster.getSampleModel().getSampleSize(band);
                    boolean limited = model.isAlphaPremultiplied() && band < pixel.length - 1;
                    pixel[band] = random.nextInt(limited ? pixel[pixel.length - 1] + 1 : values);
                }
                raster.setPixel(x, y, pixel);
            }
        }
        return image;
    }
}
