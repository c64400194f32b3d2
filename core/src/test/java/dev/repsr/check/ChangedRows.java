package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.function.Consumer;

/** Rows that are changed as they are read. */
record ChangedRows(PictureRows rows, Consumer<float[]> change) implements PictureRows {
    @Override
    public PictureFormat format() {
        return rows.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        rows.readRow(row);
        change.accept(row);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
