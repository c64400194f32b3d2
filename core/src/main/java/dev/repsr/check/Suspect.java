package dev.repsr.check;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A cell that differs from the input more than networks usually make it, and all of the input that it depends on, so that it can be
 * computed once more.
 *
 * @param times by how much it is beyond the limit
 * @param format of the piece of the input
 * @param input rows of that piece
 * @param left columns of the piece before the cell
 * @param top rows of the piece before the cell
 * @param means of the cell's blocks, row by row
 * @param where the cell's first column and row in the whole input
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Suspect(double times, PictureFormat format, float[][] input, int left, int top, float[][] means, String where) {
    /** What threads, instructions and orders of additions may change, and more. */
    private static final float ROUNDING = 1 / 255f;

    /** What is wrong with it; empty if it comes out the same again. */
    Optional<String> fault(Enlargement again, int scale) throws IOException {
        float worst = 0;
        try (PictureRows rows = again.of(new Held(format, input))) {
            BlockMeans blocks = new BlockMeans(format.width(), format.channels(), scale);
            float[] spare = new float[rows.format().width() * format.channels()];
            for (int y = 0; y < top + means.length; ) {
                if (blocks.add(rows.lendRow(spare))) {
                    worst = Math.max(worst, y < top ? 0 : difference(blocks.mean, means[y - top]));
                    y++;
                }
            }
        }
        return worst > ROUNDING
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "computed once more, it is off by %.0f of 255 levels at %s of the input",
                        255 * worst,
                        where))
                : Optional.empty();
    }

    private float difference(float[] again, float[] before) {
        float worst = 0;
        for (int i = 0; i < before.length; i++) {
            worst = Math.max(worst, Math.abs(again[left * format.channels() + i] - before[i]));
        }
        return worst;
    }

    /** Rows in memory. */
    private static final class Held implements PictureRows {
        private final PictureFormat format;
        private final float[][] rows;
        private int next;

        Held(PictureFormat format, float[][] rows) {
            this.format = format;
            this.rows = rows;
        }

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] row) {
            if (next == rows.length) {
                throw new IllegalStateException("all rows have been read");
            }
            System.arraycopy(rows[next], 0, row, 0, rows[next].length);
            next++;
        }

        @Override
        public void close() {}
    }
}
