package dev.repsr.image;

import java.io.IOException;

/** The same rows with values clamped to 0..1, as they would be in a file, and not rounded. */
public final class ClampedRows implements PictureRows {
    private final PictureRows rows;
    private final int samples;

    /** Clamps {@code rows}, which are closed together with this. */
    public ClampedRows(PictureRows rows) {
        this.rows = rows;
        this.samples = rows.format().width() * rows.format().channels();
    }

    @Override
    public PictureFormat format() {
        return rows.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        rows.readRow(row);
        clamp(row, samples);
    }

    /** Clamps in place. A value that is no number stays none, so that whoever looks for such values finds it. */
    static void clamp(float[] row, int samples) {
        for (int i = 0; i < samples; i++) {
            // Not Math.clamp, which hides that a value is no number.
            row[i] = Math.min(1f, Math.max(0f, row[i]));
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
