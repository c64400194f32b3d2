package dev.repsr.merge;

import dev.repsr.engine.Engine;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import dev.repsr.image.PictureRows;
import dev.repsr.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A small piece of a photograph; a network pads it with zeros on all four sides, so every border is part of what it proves.
 *
 * @param picture RGB
 */
public record ReceiptPatch(Picture picture) {

    private static final String RESOURCE = "patches.png";

    /** The patches that every receipt is made on: eight of 32x32 pixels. */
    public static List<ReceiptPatch> all() throws IOException {
        Picture strip = photograph();
        List<ReceiptPatch> patches = new ArrayList<>();
        int side = strip.height();
        for (int x = 0; x < strip.width(); x += side) {
            patches.add(new ReceiptPatch(strip.crop(x, 0, side, side)));
        }
        return patches;
    }

    /** All patches side by side in one picture. */
    public static Picture photograph() throws IOException {
        try (InputStream in = ReceiptPatch.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is missing beside " + ReceiptPatch.class.getName());
            }
            return ImageReader.read(in, RESOURCE, ImageLimits.defaults()).picture();
        }
    }

    int width() {
        return picture.width();
    }

    int height() {
        return picture.height();
    }

    /** [3, height, width] in 0..1. */
    float[] floatPlanes() {
        int area = width() * height();
        float[] planes = new float[3 * area];
        float[] row = new float[3 * width()];
        for (int y = 0; y < height(); y++) {
            picture.copyRow(y, row, 0);
            for (int k = 0; k < row.length; k++) {
                planes[k % 3 * area + y * width() + k / 3] = row[k];
            }
        }
        return planes;
    }

    /** The same, widened: what branches and merged form see is what the engines see. */
    double[] planes() {
        float[] floats = floatPlanes();
        double[] planes = new double[floats.length];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = floats[i];
        }
        return planes;
    }

    /** Output of the engine, [3, height * scale, width * scale]. */
    public float[] run(Engine engine, Network network) throws IOException {
        int largeWidth = width() * network.scale();
        int largeHeight = height() * network.scale();
        float[] planes = new float[3 * largeWidth * largeHeight];
        float[] row = new float[3 * largeWidth];
        try (PictureRows rows = new EnlargedRows(engine.prepare(network), picture.rows(), 1, Long.MAX_VALUE)) {
            for (int y = 0; y < largeHeight; y++) {
                rows.readRow(row);
                for (int k = 0; k < row.length; k++) {
                    planes[(k % 3 * largeHeight + y) * largeWidth + k / 3] = row[k];
                }
            }
        }
        return planes;
    }
}
