package dev.repsr.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * A picture in another size, row by row: resampled by the bicubic kernel of {@link Bicubic}, which is widened when reducing, so
 * that nothing aliases. Values are clamped to 0..1 before, as they would be in a file, and not rounded. No more rows are held
 * than the kernel covers.
 */
public final class ResizedRows implements PictureRows {
    private final PictureRows rows;
    private final PictureFormat format;
    private final ResizeWeights across;
    private final ResizeWeights down;
    /** The first row of the source that row y or any later one needs. */
    private final int[] firstNeeded;

    private final float[] source;
    /** Row y of the source, resampled across, lies in slot y modulo the ring's length. */
    private final float[][] ring;

    private int read;
    private int next;

    /**
     * Resamples {@code rows}, each dimension with its own factor; they are closed together with this.
     *
     * @param width of the result, at least 1
     * @param height of the result, at least 1
     */
    public ResizedRows(PictureRows rows, int width, int height) {
        this.rows = rows;
        PictureFormat from = rows.format();
        this.format = from.resized(width, height);
        this.across = ResizeWeights.of(from.width(), width, width / (double) from.width());
        this.down = ResizeWeights.of(from.height(), height, height / (double) from.height());
        this.firstNeeded = firstNeeded(down);
        this.source = new float[from.width() * from.channels()];
        this.ring = new float[longestReach(down, firstNeeded)][width * from.channels()];
    }

    /** Bytes that are held at most. */
    public static long bytesNeeded(PictureFormat from, int width, int height) {
        double reduction = Math.max(1, from.height() / (double) height);
        long ringRows = Math.min(from.height(), (long) Math.ceil(2 * ResizeWeights.RADIUS * reduction) + 2);
        long taps = (long) Math.ceil(2 * ResizeWeights.RADIUS * Math.max(1, from.width() / (double) width)) + 2;
        long weights = (Integer.BYTES + Double.BYTES) * ((long) width * taps + height * ringRows);
        return weights + (long) Float.BYTES * from.channels() * (from.width() + ringRows * width);
    }

    private static int[] firstNeeded(ResizeWeights down) {
        int[] first = new int[down.length()];
        int least = Integer.MAX_VALUE;
        for (int y = first.length - 1; y >= 0; y--) {
            least = Math.min(least, Arrays.stream(down.indices(y)).min().orElseThrow());
            first[y] = least;
        }
        return first;
    }

    private static int longestReach(ResizeWeights down, int[] firstNeeded) {
        int longest = 0;
        int last = 0;
        for (int y = 0; y < firstNeeded.length; y++) {
            last = Math.max(last, Arrays.stream(down.indices(y)).max().orElseThrow());
            longest = Math.max(longest, last - firstNeeded[y] + 1);
        }
        return longest;
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) throws IOException {
        if (next == format.height()) {
            throw new IllegalStateException("all " + next + " rows have been read");
        }
        int[] indices = down.indices(next);
        double[] weights = down.weights(next);
        Arrays.fill(row, 0, format.width() * format.channels(), 0);
        for (int k = 0; k < indices.length; k++) {
            float weight = (float) weights[k];
            float[] from = sourceRow(indices[k]);
            for (int i = 0; i < from.length; i++) {
                row[i] += weight * from[i];
            }
        }
        next++;
    }

    private float[] sourceRow(int y) throws IOException {
        while (read <= y) {
            rows.readRow(source);
            if (read >= firstNeeded[next]) {
                resampleAcross(ring[read % ring.length]);
            }
            read++;
        }
        return ring[y % ring.length];
    }

    private void resampleAcross(float[] target) {
        int channels = format.channels();
        ClampedRows.clamp(source, source.length);
        for (int x = 0; x < format.width(); x++) {
            int[] indices = across.indices(x);
            double[] weights = across.weights(x);
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int k = 0; k < indices.length; k++) {
                    sum += weights[k] * source[indices[k] * channels + c];
                }
                target[x * channels + c] = (float) sum;
            }
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
