package dev.repsr.check;

/**
 * Takes the enlarged rows of one input row and says of each of its samples what the block of {@code scale * scale} enlarged ones has
 * as mean. Values count as the encoder will write them: clamped to 0..1.
 */
final class BlockMeans {
    private final int width;
    private final int channels;
    private final int scale;
    private int rows;

    /** Of each enlarged column of samples, from top to bottom of its block. */
    final float[] sum;

    /** Of each sample of the input row. */
    final float[] mean;

    private boolean finite;

    BlockMeans(int width, int channels, int scale) {
        this.width = width;
        this.channels = channels;
        this.scale = scale;
        this.sum = new float[width * scale * channels];
        this.mean = new float[width * channels];
    }

    static long bytes(int width, int channels, int scale) {
        return (long) Float.BYTES * width * channels * (scale + 1);
    }

    /** Takes one enlarged row; true if the input row's blocks are complete and the results are set. */
    boolean add(float[] row) {
        if (rows == 0) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] = clamped(row[i]);
            }
        } else {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += clamped(row[i]);
            }
        }
        rows++;
        if (rows < scale) {
            return false;
        }
        rows = 0;
        finish();
        return true;
    }

    /** As a file will have it; no number if it is none, also if it is infinite. */
    private static float clamped(float value) {
        return Math.min(1f, Math.max(0f, value)) + 0f * value;
    }

    private void finish() {
        float share = 1f / (scale * scale);
        boolean numbers = true;
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                float total = 0;
                for (int i = x * scale * channels + c; i < (x + 1) * scale * channels; i += channels) {
                    total += sum[i];
                }
                mean[x * channels + c] = total * share;
                numbers &= !Float.isNaN(total);
            }
        }
        finite = numbers;
    }

    /** Whether all samples of the blocks are numbers. */
    boolean isFinite() {
        return finite;
    }
}
