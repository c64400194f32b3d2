package dev.repsr.train.fold;

/**
 * Mean and covariance of the zero-padded 3x3 patches of a block's input, over all pixels of a batch. A patch is the vector of
 * x[r + tap] for the nine taps row by row, each with all channels: index {@code tap * channels + channel}.
 *
 * <p>A product of two taps depends on how far they are apart alone, but for pixels at the border: sum over r of x[r + k] x[r + l]^T
 * is the sum over all q = r + k of x[q] x[q + l - k]^T less the q whose r lies outside, which are a line of the border where k and l
 * both look up (or both down, left, right) and two lines where they do so both ways.
 */
public final class PatchMoments {
    private static final int NONE = -1;

    private final int channels;
    private final int size;
    private final float[] mean;
    private final float[] covariance;
    private long pixels;

    /** Room for the moments of so many channels. */
    public PatchMoments(int channels) {
        this.channels = channels;
        size = 9 * channels;
        mean = new float[size];
        covariance = new float[size * size];
    }

    /**
     * Takes the sums over a batch.
     *
     * @param sums laid out as {@link PatchLayout#sums} says
     * @param pixelsOfBatch how many pixels they are of
     */
    public void take(PatchLayout layout, float[] sums, long pixelsOfBatch) {
        if (layout.channels() != channels) {
            throw new IllegalArgumentException(layout.channels() + " channels, expected " + channels);
        }
        pixels = pixelsOfBatch;
        for (int k = 0; k < 9; k++) {
            takeMean(layout, sums, k);
        }
        for (int k = 0; k < 9; k++) {
            for (int l = k; l < 9; l++) {
                takeCovariance(layout, sums, k, l);
            }
        }
    }

    /** Pixels of the batch. */
    public long pixels() {
        return pixels;
    }

    /** [9 * channels]. */
    float[] mean() {
        return mean;
    }

    /** [9 * channels, 9 * channels], symmetric. */
    float[] covariance() {
        return covariance;
    }

    /** The line whose pixels are not tap k of any pixel: a tap below never meets the top line. */
    static int rowUnseen(int k) {
        return k / 3 == 2 ? PatchLayout.TOP : k / 3 == 0 ? PatchLayout.BOTTOM : NONE;
    }

    static int columnUnseen(int k) {
        return k % 3 == 2 ? PatchLayout.LEFT : k % 3 == 0 ? PatchLayout.RIGHT : NONE;
    }

    private void takeMean(PatchLayout layout, float[] sums, int k) {
        int row = rowUnseen(k);
        int column = columnUnseen(k);
        for (int c = 0; c < channels; c++) {
            float sum = sums[layout.total() + c];
            if (row != NONE) {
                sum -= sums[layout.lineTotal(row) + c];
            }
            if (column != NONE) {
                sum -= sums[layout.lineTotal(column) + c];
            }
            if (row != NONE && column != NONE) {
                sum += sums[layout.cornerTotal(row, column) + c];
            }
            mean[k * channels + c] = sum / pixels;
        }
    }

    /** Covariance of taps k and l, k <= l. */
    private void takeCovariance(PatchLayout layout, float[] sums, int k, int l) {
        int dy = l / 3 - k / 3;
        int dx = l % 3 - k % 3;
        int row = dy == 0 ? rowUnseen(k) : NONE;
        int column = dx == 0 ? columnUnseen(k) : NONE;
        int all = layout.shift(dy, dx);
        int rowAt = row == NONE ? NONE : layout.line(row, dx);
        int columnAt = column == NONE ? NONE : layout.line(column, dy);
        int cornerAt = row == NONE || column == NONE ? NONE : layout.corner(row, column);
        float share = 1f / pixels;
        for (int i = 0; i < channels; i++) {
            float own = mean[k * channels + i];
            int to = (k * channels + i) * size + l * channels;
            for (int j = 0; j < channels; j++) {
                int place = i * layout.stride() + j;
                float sum = sums[all + place];
                if (row != NONE) {
                    sum -= sums[rowAt + place];
                }
                if (column != NONE) {
                    sum -= sums[columnAt + place];
                }
                if (cornerAt != NONE) {
                    sum += sums[cornerAt + place];
                }
                covariance[to + j] = sum * share - own * mean[l * channels + j];
            }
        }
        int at = (k * size + l) * channels;
        int opposite = (l * size + k) * channels;
        if (k < l) {
            Transpose.copy(covariance, at, size, channels, channels, covariance, opposite, size);
        }
    }
}
