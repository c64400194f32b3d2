package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack.Stage;
import dev.repsr.engine.RowStage;
import dev.repsr.network.Tensor;
import java.util.Arrays;
import java.util.List;

/** A convolution computed as its definition says: the three taps of a row are contiguous floats. */
final class DirectConv implements RowStage {
    private final Kernels kernels;
    private final int outStride;
    private final List<Group> groups;
    private final int channels;

    /** From ORIGIN on; empty where no PReLU follows. */
    private final float[] slope;

    /**
     * Packs a convolution.
     *
     * @param inStride floats from pixel to pixel of its input, at least its input channels; what lies behind them is ignored
     * @param outStride the same of its output
     * @param shuffle scale of the pixel shuffle that follows
     */
    DirectConv(Stage stage, int inStride, int outStride, int shuffle, Kernels kernels) {
        this.kernels = kernels;
        this.outStride = outStride;
        Group.Shape shape = new Group.Shape(inStride, outStride, 3 * inStride, 9 * inStride);
        this.groups = Group.withBias(stage, shape, shuffle, kernels, channel -> weights(stage, channel, inStride));
        this.channels = stage.out();
        this.slope = slope(Group.shuffled(stage.slope().toArray(), shuffle), kernels.lanes());
    }

    private static float[] slope(float[] channels, int lanes) {
        boolean linear = true;
        for (float factor : channels) {
            linear &= factor == 1;
        }
        if (linear) {
            return new float[0];
        }
        float[] slope = new float[Kernels.ORIGIN + Math.ceilDiv(channels.length, lanes) * lanes];
        Arrays.fill(slope, 1);
        System.arraycopy(channels, 0, slope, Kernels.ORIGIN, channels.length);
        return slope;
    }

    /** [ky][kx][inStride]. */
    private static float[] weights(Stage stage, int channel, int inStride) {
        Tensor weight = stage.weight();
        float[] weights = new float[9 * inStride];
        for (int c = 0; c < stage.in(); c++) {
            for (int tap = 0; tap < 9; tap++) {
                weights[tap * inStride + c] = weight.get((channel * stage.in() + c) * 9 + tap);
            }
        }
        return weights;
    }

    @Override
    public long weightBytes() {
        return Group.weightBytes(groups);
    }

    @Override
    public long outFloats(int width) {
        return VectorNetwork.rowFloats(kernels, width, outStride);
    }

    @Override
    public long[] scratchFloats(int width) {
        return new long[0];
    }

    @Override
    public void copy(float[] from, int first, int width, float[] to, int at, int toWidth, int columns) {
        VectorNetwork.copy(from, first, to, at, columns, outStride);
    }

    @Override
    public void compute(float[][] in, float[][] out, int first, int end, int width, float[][] scratch) {
        for (int row = 0; row < ROWS; row++) {
            for (Group group : groups) {
                convolve(group, in[row], in[row + 1], in[row + 2], first, end, out[row]);
            }
            if (slope.length > 0) {
                int at = Kernels.ORIGIN + (first + 1) * outStride;
                kernels.activate(slope, channels, out[row], at, outStride, end - first);
            }
            if (end == width) {
                // Tiles and vectors may have written beyond the last pixel, where the next layer expects zeros.
                Arrays.fill(out[row], Kernels.ORIGIN + (width + 1) * outStride, out[row].length, 0);
            }
        }
    }

    private void convolve(Group group, float[] above, float[] row, float[] below, int first, int end, float[] out) {
        int pixels = kernels.pixels(group.vectors);
        for (int x = first; x < end; x += pixels) {
            // The last tile is moved left over pixels that are done, and computes them once more.
            int left = Math.max(first, Math.min(x, end - pixels));
            int at = Kernels.ORIGIN + left * group.inStride;
            int to = Kernels.ORIGIN + (left + 1) * outStride + group.channel;
            kernels.tile(group, above, row, below, at, Kernels.ORIGIN, out, to);
        }
    }
}
