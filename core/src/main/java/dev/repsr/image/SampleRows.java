package dev.repsr.image;

import java.io.IOException;

/** Takes rows of real values and gives rows of samples as an encoder stores them. */
final class SampleRows {
    private final PictureRows rows;
    private final int bitDepth;
    private final float[] values;
    private int next;

    /** @param bitDepth of the samples to be given, 8 or 16, whatever the rows' own format says */
    SampleRows(PictureRows rows, int bitDepth) {
        this.rows = rows;
        this.bitDepth = bitDepth;
        this.values = new float[rows.format().width() * rows.format().channels()];
    }

    /** Length of a row in bytes. */
    int bytes() {
        return values.length * (bitDepth / 8);
    }

    /**
     * Reads the next row into {@code target} from {@code offset} on: one byte a sample, or two with the higher one first.
     *
     * @throws IOException if the source fails or a value is NaN or infinite
     */
    void read(byte[] target, int offset) throws IOException {
        float[] row = rows.lendRow(values);
        Rounding.requireFinite(row, values.length, next);
        if (bitDepth == 8) {
            for (int i = 0; i < values.length; i++) {
                target[offset + i] = (byte) Rounding.toSample(row[i], 255);
            }
        } else {
            for (int i = 0; i < values.length; i++) {
                int sample = Rounding.toSample(row[i], 65535);
                target[offset + 2 * i] = (byte) (sample >> 8);
                target[offset + 2 * i + 1] = (byte) sample;
            }
        }
        next++;
    }
}
