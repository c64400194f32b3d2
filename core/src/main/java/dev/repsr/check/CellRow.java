package dev.repsr.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row of cells on its way into the sums. */
final class CellRow {
    /** A quiet cell has no sample that is this near black or white: an enlargement that overshoots is clamped there. */
    private static final float NEAR_END = 8 / 255f;

    /** And no more contrast than this: halftones and other patterns of full contrast gain or lose brightness in any network. */
    private static final float MOST_CONTRAST = 96 / 255f;

    private final int cells;
    private final int channels;
    private final double[] weight;
    private final double[] in;
    private final double[] out;
    private final float[] least;
    private final float[] most;

    CellRow(int cells, int channels) {
        this.cells = cells;
        this.channels = channels;
        this.weight = new double[cells * channels];
        this.in = new double[cells * channels];
        this.out = new double[cells * channels];
        this.least = new float[cells * channels];
        this.most = new float[cells * channels];
        clear();
    }

    void add(int cell, int channel, double sampleWeight, float input, float output) {
        int i = cell * channels + channel;
        weight[i] += sampleWeight;
        in[i] += sampleWeight * input;
        out[i] += sampleWeight * output;
        least[i] = Math.min(least[i], input);
        most[i] = Math.max(most[i], input);
    }

    /** Hands all cells over and begins anew. */
    void addTo(Agreement colour, @Nullable Agreement alpha) {
        double[] input = new double[channels];
        double[] output = new double[channels];
        boolean[] quiet = new boolean[channels];
        for (int cell = 0; cell < cells; cell++) {
            int first = cell * channels;
            if (weight[first] > 0) {
                for (int c = 0; c < colour.channels(); c++) {
                    input[c] = in[first + c] / weight[first + c];
                    output[c] = out[first + c] / weight[first + c];
                    quiet[c] = isQuiet(first + c);
                }
                colour.addCell(weight[first], input, output, quiet);
            }
            if (alpha != null) {
                int last = first + channels - 1;
                input[0] = in[last] / weight[last];
                output[0] = out[last] / weight[last];
                quiet[0] = isQuiet(last);
                alpha.addCell(weight[last], input, output, quiet);
            }
        }
        clear();
    }

    private boolean isQuiet(int i) {
        return least[i] > NEAR_END && most[i] < 1 - NEAR_END && most[i] - least[i] < MOST_CONTRAST;
    }

    private void clear() {
        Arrays.fill(weight, 0);
        Arrays.fill(in, 0);
        Arrays.fill(out, 0);
        Arrays.fill(least, Float.MAX_VALUE);
        Arrays.fill(most, -Float.MAX_VALUE);
    }
}
