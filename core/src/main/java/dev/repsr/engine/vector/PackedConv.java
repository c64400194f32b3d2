package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack.Stage;
import dev.repsr.network.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution packed for one vector width: its output channels padded to whole vectors and cut into groups that a
 * tile can hold.
 */
final class PackedConv {

    /** The output channels of one tile. Fields, not accessors, for the kernels. */
    static final class Group {
        final int inStride;
        final int outStride;
        /** First output channel. */
        final int channel;

        final int vectors;
        /** [3 rows][3 * inStride taps][vectors * lanes output channels]. */
        final float[] weights;

        final float[] bias;
        final float[] slope;

        private Group(int inStride, int outStride, int channel, int vectors, int lanes) {
            this.inStride = inStride;
            this.outStride = outStride;
            this.channel = channel;
            this.vectors = vectors;
            this.weights = new float[9 * inStride * vectors * lanes];
            this.bias = new float[vectors * lanes];
            this.slope = new float[vectors * lanes];
        }
    }

    /** Floats from pixel to pixel of the rows that it reads and writes. */
    final int inStride;

    final int outStride;
    final List<Group> groups;

    private PackedConv(int inStride, int outStride, List<Group> groups) {
        this.inStride = inStride;
        this.outStride = outStride;
        this.groups = groups;
    }

    /**
     * Packs a convolution.
     *
     * @param inStride floats from pixel to pixel of its input, at least its input channels; what lies behind them is ignored
     * @param shuffle scale of the pixel shuffle that follows: the output channels of a pixel are then ordered by row,
     *     column and colour of the enlarged picture; 1 keeps their order
     */
    static PackedConv pack(Stage stage, int inStride, int shuffle, Kernels kernels) {
        int lanes = kernels.lanes();
        int vectors = Math.ceilDiv(stage.out(), lanes);
        int count = Math.ceilDiv(vectors, kernels.maxVectors());
        // A single group writes its pixels in order, so what spills over a pixel's last channel is overwritten.
        int outStride = count == 1 ? stage.out() : vectors * lanes;
        List<Group> groups = new ArrayList<>();
        int first = 0;
        for (int g = 0; g < count; g++) {
            int size = vectors / count + (g < vectors % count ? 1 : 0);
            Group group = new Group(inStride, outStride, first * lanes, size, lanes);
            for (int i = 0; i < size * lanes && group.channel + i < stage.out(); i++) {
                fill(group, i, stage, source(group.channel + i, stage.out(), shuffle));
            }
            groups.add(group);
            first += size;
        }
        return new PackedConv(inStride, outStride, List.copyOf(groups));
    }

    /** The network's channel that is kept as channel {@code packed}. */
    private static int source(int packed, int channels, int shuffle) {
        int square = shuffle * shuffle;
        int colours = channels / square;
        return packed % colours * square + packed / colours;
    }

    private static void fill(Group group, int i, Stage stage, int channel) {
        group.bias[i] = stage.bias().get(channel);
        group.slope[i] = stage.slope().get(channel);
        Tensor weight = stage.weight();
        int width = group.bias.length;
        for (int c = 0; c < stage.in(); c++) {
            for (int tap = 0; tap < 9; tap++) {
                int to = tap * group.inStride + c;
                group.weights[to * width + i] = weight.get((channel * stage.in() + c) * 9 + tap);
            }
        }
    }

    /** Convolves one row; {@code above} and {@code below} are rows of zeros at the picture's border. */
    void row(Kernels kernels, float[] above, float[] row, float[] below, int width, float[] out) {
        for (Group group : groups) {
            int pixels = kernels.pixels(group.vectors);
            for (int x = 0; x < width; x += pixels) {
                // The last tile is moved left over pixels that are done, and computes them once more.
                kernels.tile(group, above, row, below, Math.max(0, Math.min(x, width - pixels)), out);
            }
        }
    }
}
