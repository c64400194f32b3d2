package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack.Stage;
import java.util.ArrayList;
import java.util.List;

/** The output channels of one tile: whole vectors, packed for the kernels, which want fields instead of accessors. */
final class Group {
    private static final int ORIGIN = Kernels.ORIGIN;

    /** Floats from pixel to pixel of what is read and written. */
    final int inStride;

    final int outStride;

    /** Contiguous floats that are summed over, of each row that a kernel reads. */
    final int taps;

    /** First output channel. */
    final int channel;

    final int vectors;

    /** From ORIGIN on: [weights of an output channel][vectors * lanes output channels]. */
    final float[] weights;

    final float[] bias;

    private Group(Shape shape, int channel, int vectors, int lanes) {
        this.inStride = shape.inStride;
        this.outStride = shape.outStride == 0 ? vectors * lanes : shape.outStride;
        this.taps = shape.taps;
        this.channel = channel;
        this.vectors = vectors;
        this.weights = new float[ORIGIN + shape.floats() * vectors * lanes];
        this.bias = new float[ORIGIN + vectors * lanes];
    }

    /**
     * What a group's fields of the same name say, and the number of weights of an output channel.
     *
     * @param outStride 0 for pixels of the group's own vectors, without gaps
     */
    record Shape(int inStride, int outStride, int taps, int floats) {}

    /** Computes the weights of one output channel of the network. */
    @FunctionalInterface
    interface Packing {
        float[] weights(int channel);
    }

    /** Groups whose sums begin at the bias. */
    static List<Group> withBias(Stage stage, Shape shape, int shuffle, Kernels kernels, Packing packing) {
        List<Group> groups = plain(stage.out(), shape, shuffle, kernels, packing);
        float[] bias = shuffled(stage.bias().toArray(), shuffle);
        for (Group group : groups) {
            int count = Math.min(group.vectors * kernels.lanes(), stage.out() - group.channel);
            System.arraycopy(bias, group.channel, group.bias, ORIGIN, count);
        }
        return groups;
    }

    /**
     * Cuts the output channels, padded to whole vectors, into as few groups as tiles can hold. The sums begin at zero.
     *
     * @param shuffle scale of the pixel shuffle that follows, see {@link #shuffled}
     */
    static List<Group> plain(int channels, Shape shape, int shuffle, Kernels kernels, Packing packing) {
        int lanes = kernels.lanes();
        int vectors = Math.ceilDiv(channels, lanes);
        int count = Math.ceilDiv(vectors, kernels.maxVectors(shape.inStride));
        List<Group> groups = new ArrayList<>();
        int first = 0;
        for (int g = 0; g < count; g++) {
            int size = vectors / count + (g < vectors % count ? 1 : 0);
            Group group = new Group(shape, first * lanes, size, lanes);
            int width = size * lanes;
            for (int i = 0; i < width && group.channel + i < channels; i++) {
                float[] weights = packing.weights(source(group.channel + i, channels, shuffle));
                for (int w = 0; w < weights.length; w++) {
                    group.weights[ORIGIN + w * width + i] = weights[w];
                }
            }
            groups.add(group);
            first += size;
        }
        return List.copyOf(groups);
    }

    static long weightBytes(List<Group> groups) {
        return Float.BYTES
                * groups.stream().mapToLong(group -> group.weights.length).sum();
    }

    /** Values of output channels, ordered by row, column and colour of the enlarged picture; 1 keeps their order. */
    static float[] shuffled(float[] values, int shuffle) {
        float[] ordered = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            ordered[i] = values[source(i, values.length, shuffle)];
        }
        return ordered;
    }

    /** The network's channel that is kept as channel {@code packed}. */
    private static int source(int packed, int channels, int shuffle) {
        int square = shuffle * shuffle;
        int colours = channels / square;
        return packed % colours * square + packed / colours;
    }
}
