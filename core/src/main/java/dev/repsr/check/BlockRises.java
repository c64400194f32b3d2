package dev.repsr.check;

import java.util.Arrays;

/** How the blocks of one input row, whose sums {@link BlockMeans} has, rise across and down; and their samples. */
final class BlockRises {
    private final BlockMeans means;
    private final int width;
    private final int channels;
    private final int scale;
    private final float[] moment;
    private int rows;

    /** The enlarged rows of the input row. */
    final float[][] kept;

    /** Of each sample of the input row: rise from one input pixel to the next across and down. */
    final float[] across;

    final float[] down;

    BlockRises(BlockMeans means, int width, int channels, int scale) {
        this.means = means;
        this.width = width;
        this.channels = channels;
        this.scale = scale;
        this.moment = new float[width * scale * channels];
        this.kept = new float[scale][width * scale * channels];
        this.across = new float[width * channels];
        this.down = new float[width * channels];
    }

    /** Takes one enlarged row that {@link BlockMeans} has taken before; the results are set with the last one of a block. */
    void add(float[] row) {
        if (rows == 0) {
            Arrays.fill(moment, 0);
        }
        float fromMiddle = rows - (scale - 1) / 2f;
        for (int i = 0; i < moment.length; i++) {
            moment[i] += fromMiddle * Math.min(1f, Math.max(0f, row[i]));
        }
        System.arraycopy(row, 0, kept[rows], 0, moment.length);
        rows++;
        if (rows == scale) {
            rows = 0;
            finish();
        }
    }

    /** The moment about its middle that a block has which rises by 1 per input pixel, in one direction. */
    static float ramp(int scale) {
        float pixels = (float) scale * scale;
        return scale == 1 ? 1 : pixels * (pixels - 1) / 12 / scale;
    }

    private void finish() {
        float ramp = ramp(scale);
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                float toRight = 0;
                float toBottom = 0;
                for (int k = 0; k < scale; k++) {
                    int i = (x * scale + k) * channels + c;
                    toRight += (k - (scale - 1) / 2f) * means.sum[i];
                    toBottom += moment[i];
                }
                across[x * channels + c] = toRight / ramp;
                down[x * channels + c] = toBottom / ramp;
            }
        }
    }
}
