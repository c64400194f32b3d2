package dev.repsr;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** Rows on their way to the encoder: counted for the listener, stopped when the job is. */
final class WatchedRows implements PictureRows {
    private final PictureRows rows;
    private final UpscaleJob job;
    private int done;

    WatchedRows(PictureRows rows, UpscaleJob job) {
        this.rows = rows;
        this.job = job;
    }

    @Override
    public PictureFormat format() {
        return rows.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        job.checkGoingOn();
        rows.readRow(row);
        done++;
        job.rowsDone(done, format().height());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
