package dev.repsr.check;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row of cells on its way into the sums. */
final class CellRow {
    private final int cells;
    private final int channels;
    private final double[] weight;
    private final double[] in;
    private final double[] out;

    CellRow(int cells, int channels) {
        this.cells = cells;
        this.channels = channels;
        this.weight = new double[cells * channels];
        this.in = new double[cells * channels];
        this.out = new double[cells * channels];
    }

    void add(int cell, int channel, double sampleWeight, double input, double output) {
        int i = cell * channels + channel;
        weight[i] += sampleWeight;
        in[i] += sampleWeight * input;
        out[i] += sampleWeight * output;
    }

    /** Hands all cells over and begins anew. */
    void addTo(Agreement colour, @Nullable Agreement alpha) {
        double[] input = new double[channels];
        double[] output = new double[channels];
        for (int cell = 0; cell < cells; cell++) {
            int first = cell * channels;
            if (weight[first] > 0) {
                for (int c = 0; c < colour.channels(); c++) {
                    input[c] = in[first + c] / weight[first + c];
                    output[c] = out[first + c] / weight[first + c];
                }
                colour.addCell(weight[first], input, output);
            }
            if (alpha != null) {
                int last = first + channels - 1;
                input[0] = in[last] / weight[last];
                output[0] = out[last] / weight[last];
                alpha.addCell(weight[last], input, output);
            }
        }
        Arrays.fill(weight, 0);
        Arrays.fill(in, 0);
        Arrays.fill(out, 0);
    }
}
