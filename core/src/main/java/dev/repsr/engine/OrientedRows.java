package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.util.List;

/** An RGB picture in memory, laid another way. */
final class OrientedRows implements PictureRows {
    private static final int RGB = 3;

    private final List<float[]> upright;
    private final PictureFormat uprightFormat;
    private final Orientation orientation;
    private final PictureFormat format;
    private int next;

    /** @param upright the picture's rows, lent */
    OrientedRows(List<float[]> upright, PictureFormat uprightFormat, Orientation orientation) {
        this.upright = upright;
        this.uprightFormat = uprightFormat;
        this.orientation = orientation;
        this.format = orientation.of(uprightFormat);
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) {
        for (int x = 0; x < format.width(); x++) {
            float[] from = upright.get(orientation.row(x, next, uprightFormat.height()));
            int at = RGB * orientation.column(x, next, uprightFormat.width());
            row[RGB * x] = from[at];
            row[RGB * x + 1] = from[at + 1];
            row[RGB * x + 2] = from[at + 2];
        }
        next++;
    }

    @Override
    public void close() {}
}
