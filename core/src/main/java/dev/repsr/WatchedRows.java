package dev.repsr;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** Rows on their way to the encoder: counted for the listener, stopped when the job is. */
final class WatchedRows implements PictureRows {
    private final PictureRows rows;
    private final UpscaleJob job;
    private final int before;
    private final int all;
    private int done;

    /**
     * Rows of a picture, or of one frame of an animation.
     *
     * @param before rows of the frames before this one
     * @param all rows of all frames
     */
    WatchedRows(PictureRows rows, UpscaleJob job, int before, int all) {
        this.rows = rows;
        this.job = job;
        this.before = before;
        this.all = all;
    }

    @Override
    public PictureFormat format() {
        return rows.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        job.checkGoingOn();
        rows.readRow(row);
        passed();
    }

    @Override
    public float[] lendRow(float[] spare) throws IOException {
        job.checkGoingOn();
        float[] row = rows.lendRow(spare);
        passed();
        return row;
    }

    private void passed() {
        done++;
        job.rowsDone(before + done, all);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
