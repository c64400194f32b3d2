package dev.repsr.engine.vector;

import dev.repsr.engine.BandWorker;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Streams rows through all layers: in step t the picture's row t is read, convolution l computes its row t - 1 - l from
 * the three rows of the layer before, which are there by then, and the last one's row t - L is shuffled and written. So
 * each layer keeps three rows, and nothing is computed twice within a band.
 */
final class DirectWorker implements BandWorker {
    private static final int RGB = DirectNetwork.RGB;
    private static final int NOWHERE = -1;

    private final DirectNetwork network;
    private final List<PackedConv> convolutions;
    private final int width;
    private final int height;
    private final int scale;

    /** rings[0] holds the picture, rings[l + 1] what convolution l computes; row y lies in slot y modulo the ring's length. */
    private final float[][][] rings;

    private final float[] zeros;
    private final float[] nearest;
    private final float[] enlarged;

    /** Top of the band, or of the first of the bands that were computed one after the other. */
    private int start;

    /** Where a band must begin to go on from the last one. */
    private int next = NOWHERE;

    DirectWorker(DirectNetwork network, int width, int height) {
        this.network = network;
        this.convolutions = network.convolutions();
        this.width = width;
        this.height = height;
        this.scale = network.network().scale();
        this.rings = new float[convolutions.size() + 1][][];
        rings[0] = ring(network.inputRows(), RGB);
        int widest = RGB;
        for (int l = 0; l < convolutions.size(); l++) {
            boolean last = l == convolutions.size() - 1;
            rings[l + 1] = ring(last ? 1 : DirectNetwork.RING, convolutions.get(l).outStride);
            widest = Math.max(widest, convolutions.get(l).inStride);
        }
        this.zeros = new float[Math.toIntExact(network.rowFloats(width, widest))];
        this.nearest = new float[Math.toIntExact(network.enlargedFloats(width))];
        this.enlarged = new float[Math.toIntExact(network.enlargedFloats(width))];
    }

    private float[][] ring(int rows, int stride) {
        return new float[rows][Math.toIntExact(network.rowFloats(width, stride))];
    }

    @Override
    public void run(RowInput input, int top, int rows, RowOutput output) throws IOException {
        Objects.checkFromIndexSize(top, rows, height);
        int lag = convolutions.size();
        int firstStep = top + lag;
        if (top != next) {
            start = top;
            firstStep = Math.max(0, top - lag);
        }
        next = NOWHERE;
        int bottom = top + rows;
        for (int step = firstStep; step < bottom + lag; step++) {
            if (step < height) {
                input.copyRow(step, row(0, step), RGB);
            }
            for (int l = 0; l < lag; l++) {
                convolve(l, step - 1 - l, bottom);
            }
            if (step - lag >= top) {
                emit(step - lag, output);
            }
        }
        next = bottom;
    }

    private float[] row(int map, int y) {
        return rings[map][y % rings[map].length];
    }

    /** Computes row {@code y} of convolution {@code l}, if a row of the band depends on it. */
    private void convolve(int l, int y, int bottom) {
        int halo = convolutions.size() - 1 - l;
        if (y < Math.max(0, start - halo) || y >= Math.min(height, bottom + halo)) {
            return;
        }
        PackedConv convolution = convolutions.get(l);
        float[] above = y > 0 ? row(l, y - 1) : zeros;
        float[] below = y < height - 1 ? row(l, y + 1) : zeros;
        float[] out = row(l + 1, y);
        convolution.row(network.kernels(), above, row(l, y), below, width, out);
        // Tiles and vectors may have written beyond the last pixel, where the next layer expects zeros.
        Arrays.fill(out, (width + 1) * convolution.outStride, out.length, 0);
    }

    private void emit(int y, RowOutput output) throws IOException {
        int run = RGB * scale;
        if (network.skip()) {
            enlargeNearest(row(0, y));
        }
        int stride = convolutions.getLast().outStride;
        for (int dy = 0; dy < scale; dy++) {
            network.kernels()
                    .addRuns(row(convolutions.size(), y), stride + dy * run, stride, nearest, run, width, enlarged);
            output.acceptRow(y * scale + dy, enlarged);
        }
    }

    private void enlargeNearest(float[] picture) {
        int to = 0;
        for (int x = 1; x <= width; x++) {
            float red = picture[RGB * x];
            float green = picture[RGB * x + 1];
            float blue = picture[RGB * x + 2];
            for (int dx = 0; dx < scale; dx++) {
                nearest[to] = red;
                nearest[to + 1] = green;
                nearest[to + 2] = blue;
                to += RGB;
            }
        }
    }
}
