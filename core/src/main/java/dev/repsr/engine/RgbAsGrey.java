package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** The mean of R, G and B as a grey picture. */
record RgbAsGrey(PictureRows rgb, float[] rgbRow) implements PictureRows {
    private static final int RGB = 3;

    RgbAsGrey(PictureRows rgb) {
        this(rgb, new float[RGB * rgb.format().width()]);
    }

    @Override
    public PictureFormat format() {
        PictureFormat format = rgb.format();
        return new PictureFormat(format.width(), format.height(), 1, format.bitDepth());
    }

    @Override
    public void readRow(float[] row) throws IOException {
        float[] colours = rgb.lendRow(rgbRow);
        for (int x = 0; x < rgbRow.length / RGB; x++) {
            row[x] = (colours[RGB * x] + colours[RGB * x + 1] + colours[RGB * x + 2]) / RGB;
        }
    }

    @Override
    public void close() throws IOException {
        rgb.close();
    }
}
