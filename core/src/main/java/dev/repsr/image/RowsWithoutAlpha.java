package dev.repsr.image;

import java.io.IOException;

/** Rows whose last channel, the alpha, is left out. */
final class RowsWithoutAlpha implements PictureRows {
    private final PictureRows rows;
    private final PictureFormat format;
    private final float[] whole;

    RowsWithoutAlpha(PictureRows rows) {
        PictureFormat with = rows.format();
        this.rows = rows;
        this.format = new PictureFormat(with.width(), with.height(), with.colourChannels(), with.bitDepth());
        this.whole = new float[with.width() * with.channels()];
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) throws IOException {
        rows.readRow(whole);
        int colours = format.channels();
        for (int x = 0; x < format.width(); x++) {
            System.arraycopy(whole, x * (colours + 1), row, x * colours, colours);
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
