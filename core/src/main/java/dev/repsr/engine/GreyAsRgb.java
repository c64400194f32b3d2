package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** A grey picture as R = G = B. */
record GreyAsRgb(PictureRows grey, float[] greyRow) implements PictureRows {
    private static final int RGB = 3;

    GreyAsRgb(PictureRows grey) {
        this(grey, new float[grey.format().width()]);
    }

    @Override
    public PictureFormat format() {
        PictureFormat format = grey.format();
        return new PictureFormat(format.width(), format.height(), RGB, format.bitDepth());
    }

    @Override
    public void readRow(float[] row) throws IOException {
        grey.readRow(greyRow);
        for (int x = 0; x < greyRow.length; x++) {
            row[RGB * x] = greyRow[x];
            row[RGB * x + 1] = greyRow[x];
            row[RGB * x + 2] = greyRow[x];
        }
    }

    @Override
    public void close() throws IOException {
        grey.close();
    }
}
