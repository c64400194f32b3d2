package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;

/** Float samples in memory as rows. */
public final class ArrayRows implements PictureRows {
    private final PictureFormat format;
    private final float[] samples;
    private int next;
    private boolean closed;

    /** @param samples interleaved, lent */
    public ArrayRows(PictureFormat format, float[] samples) {
        this.format = format;
        this.samples = samples;
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) {
        int length = format.width() * format.channels();
        System.arraycopy(samples, next * length, row, 0, length);
        next++;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Rows that were read so far. */
    public int rowsRead() {
        return next;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    /** All samples of {@code rows}, which is closed. */
    public static float[] readAll(PictureRows rows) throws IOException {
        try (rows) {
            PictureFormat format = rows.format();
            int length = format.width() * format.channels();
            float[] samples = new float[length * format.height()];
            float[] row = new float[length];
            for (int y = 0; y < format.height(); y++) {
                System.arraycopy(rows.lendRow(row), 0, samples, y * length, length);
            }
            return samples;
        }
    }
}
