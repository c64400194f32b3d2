package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.Arrays;

/**
 * A picture with alpha whose invisible pixels have the colours of the visible ones near them. What colours stand where alpha
 * is 0 nobody knows or cares, but a network mixes neighbours, and would draw them as a fringe round what is visible. Visible
 * pixels and alpha stay as they are.
 *
 * <p>Each stage carries colours one pixel further, weighted with alpha; there are as many as the network sees pixels far.
 */
final class BledRows implements PictureRows {
    private final PictureRows source;
    private final int channels;
    private final Stage last;

    /**
     * Closes {@code source} together with itself.
     *
     * @param reach how many pixels far colours are carried, at least 1
     */
    BledRows(PictureRows source, int reach) {
        this.source = source;
        this.channels = source.format().channels();
        RowSource rows = this::first;
        for (int i = 1; i < reach; i++) {
            rows = new Stage(rows, source.format())::next;
        }
        this.last = new Stage(rows, source.format());
    }

    /** Bytes of the rows that are held. */
    static long bytesNeeded(PictureFormat format, int reach) {
        return 3L * reach * format.width() * (format.channels() + 1) * Float.BYTES;
    }

    /**
     * One row.
     *
     * @param values as they will be given
     * @param weights above 0 where the colours are known
     * @param complete whether all are known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(float[] values, float[] weights, boolean complete) {}

    /** Gives rows one after the other. */
    @FunctionalInterface
    private interface RowSource {
        Row next() throws IOException;
    }

    private Row first() throws IOException {
        float[] values = new float[source.format().width() * channels];
        source.readRow(values);
        float[] weights = new float[source.format().width()];
        boolean complete = true;
        for (int x = 0; x < weights.length; x++) {
            weights[x] = Math.max(0, values[x * channels + channels - 1]);
            complete &= weights[x] > 0;
        }
        return new Row(values, weights, complete);
    }

    @Override
    public PictureFormat format() {
        return source.format();
    }

    @Override
    public void readRow(float[] row) throws IOException {
        float[] values = last.next().values();
        System.arraycopy(values, 0, row, 0, values.length);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Carries colours one pixel further; lags one row behind its source. */
    private static final class Stage {
        private static final Row NONE = new Row(new float[0], new float[0], true);

        private final RowSource rows;
        private final int width;
        private final int height;
        private final int channels;
        private final float[] sum;
        private Row above = NONE;
        private Row here = NONE;
        private Row below = NONE;
        private int next;

        Stage(RowSource rows, PictureFormat format) {
            this.rows = rows;
            this.width = format.width();
            this.height = format.height();
            this.channels = format.channels();
            this.sum = new float[channels];
        }

        Row next() throws IOException {
            above = here;
            here = next == 0 ? rows.next() : below;
            below = next + 1 < height ? rows.next() : NONE;
            next++;
            return here.complete() ? here : bled();
        }

        private Row bled() {
            float[] values = here.values().clone();
            float[] weights = here.weights().clone();
            boolean complete = true;
            for (int x = 0; x < width; x++) {
                if (weights[x] == 0) {
                    weights[x] = mean(x);
                    for (int c = 0; c < channels - 1 && weights[x] > 0; c++) {
                        values[x * channels + c] = sum[c];
                    }
                }
                complete &= weights[x] > 0;
            }
            return new Row(values, weights, complete);
        }

        /** Puts the mean colour of the known neighbours into {@link #sum}; their mean weight, 0 if there is none. */
        private float mean(int x) {
            Arrays.fill(sum, 0);
            float total = 0;
            int known = 0;
            for (Row row : new Row[] {above, here, below}) {
                for (int i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1) && row.values().length > 0; i++) {
                    float weight = row.weights()[i];
                    if (weight > 0) {
                        known++;
                        total += weight;
                        for (int c = 0; c < channels - 1; c++) {
                            sum[c] += weight * row.values()[i * channels + c];
                        }
                    }
                }
            }
            for (int c = 0; c < channels - 1 && known > 0; c++) {
                sum[c] /= total;
            }
            return known == 0 ? 0 : total / known;
        }
    }
}
