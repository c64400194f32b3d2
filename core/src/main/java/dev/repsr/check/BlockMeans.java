package dev.repsr.check;

/**
 * Takes the enlarged rows of one input row and says of each of its pixels what its block of {@code scale * scale} enlarged
 * pixels has as mean, and how it rises across and down. Values count as the encoder will write them: clamped to 0..1.
 */
final class BlockMeans {
    private final int width;
    private final int channels;
    private final int scale;
    private final float[] sum;
    private final float[] moment;
    private int rows;

    /** The enlarged rows of the input row, if they were to be kept. */
    final float[][] kept;

    /** Of each sample of the input row: mean, and rise from one input pixel to the next across and down. */
    final float[] mean;

    final float[] across;
    final float[] down;

    BlockMeans(int width, int channels, int scale) {
        this.width = width;
        this.channels = channels;
        this.scale = scale;
        this.sum = new float[width * scale * channels];
        this.moment = new float[width * scale * channels];
        this.kept = new float[scale][width * scale * channels];
        this.mean = new float[width * channels];
        this.across = new float[width * channels];
        this.down = new float[width * channels];
    }

    static long bytes(int width, int channels, int scale) {
        return (long) Float.BYTES * width * channels * ((2L + scale) * scale + 3);
    }

    /**
     * Takes one enlarged row; true if the input row's blocks are complete and the results are set.
     *
     * @param keep whether its samples will be wanted
     */
    boolean add(float[] row, boolean keep) {
        float fromMiddle = rows - (scale - 1) / 2f;
        if (rows == 0) {
            java.util.Arrays.fill(sum, 0);
            java.util.Arrays.fill(moment, 0);
        }
        for (int i = 0; i < sum.length; i++) {
            float value = Math.min(1f, Math.max(0f, row[i]));
            sum[i] += value;
            moment[i] += fromMiddle * value;
        }
        if (keep) {
            System.arraycopy(row, 0, kept[rows], 0, sum.length);
        }
        rows++;
        if (rows < scale) {
            return false;
        }
        rows = 0;
        finish();
        return true;
    }

    /** The moment about its middle that a block has which rises by 1 per input pixel, in one direction. */
    static float ramp(int scale) {
        float pixels = (float) scale * scale;
        return scale == 1 ? 1 : pixels * (pixels - 1) / 12 / scale;
    }

    private void finish() {
        float pixels = (float) scale * scale;
        float ramp = ramp(scale);
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                float total = 0;
                float toRight = 0;
                float toBottom = 0;
                for (int k = 0; k < scale; k++) {
                    int i = (x * scale + k) * channels + c;
                    total += sum[i];
                    toRight += (k - (scale - 1) / 2f) * sum[i];
                    toBottom += moment[i];
                }
                mean[x * channels + c] = total / pixels;
                across[x * channels + c] = toRight / ramp;
                down[x * channels + c] = toBottom / ramp;
            }
        }
    }
}
