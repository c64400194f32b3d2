package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack;
import dev.repsr.engine.RowNetwork;
import dev.repsr.engine.RowStage;
import dev.repsr.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network packed for one vector width. A row is pixels of interleaved channels, with a zero pixel left and right. */
record VectorNetwork(
        Network network, String engine, Kernels kernels, List<RowStage> stages, int convStride, int scale, boolean skip)
        implements RowNetwork {
    private static final int RGB = Kernels.RGB;

    /** All convolutions as their definition says. */
    static VectorNetwork direct(Network network, Kernels kernels) {
        ConvStack stack = ConvStack.of(network);
        List<RowStage> stages = new ArrayList<>();
        int stride = RGB;
        for (ConvStack.Stage stage : stack.stages()) {
            int vectors = Math.ceilDiv(stage.out(), kernels.lanes());
            // A single group writes its pixels in order, so what spills over a pixel's last channel is overwritten.
            int out = vectors <= kernels.maxVectors(stride) ? stage.out() : vectors * kernels.lanes();
            stages.add(new DirectConv(stage, stride, out, shuffle(stack, stages.size()), kernels));
            stride = out;
        }
        return of(network, "direct", kernels, stages, stride, stack);
    }

    /**
     * All convolutions by Winograd's algorithm but the first, whose three channels would not fill a vector, and those that read
     * more channels than {@link Kernels#products} takes.
     */
    static VectorNetwork winograd(Network network, Kernels kernels) {
        ConvStack stack = ConvStack.of(network);
        List<RowStage> stages = new ArrayList<>();
        int stride = RGB;
        for (ConvStack.Stage stage : stack.stages()) {
            int out = Math.ceilDiv(stage.out(), kernels.lanes()) * kernels.lanes();
            int shuffle = shuffle(stack, stages.size());
            stages.add(
                    stages.isEmpty() || stride > Kernels.PRODUCT_STRIDE
                            ? new DirectConv(stage, stride, out, shuffle, kernels)
                            : new WinogradConv(stage, stride, out, shuffle, kernels));
            stride = out;
        }
        return of(network, "winograd", kernels, stages, stride, stack);
    }

    private static VectorNetwork of(
            Network network, String engine, Kernels kernels, List<RowStage> stages, int convStride, ConvStack stack) {
        return new VectorNetwork(
                network, engine, kernels, List.copyOf(stages), convStride, stack.scale(), stack.skip());
    }

    /** Only the last convolution is shuffled. */
    private static int shuffle(ConvStack stack, int stage) {
        return stage == stack.stages().size() - 1 ? stack.scale() : 1;
    }

    /** Length of a row: the zero pixels at both ends, whole tiles of either algorithm, and padding to whole vectors. */
    static long rowFloats(Kernels kernels, int width, int stride) {
        long tiles = Math.ceilDiv(width, WinogradConv.TILE);
        return Kernels.ORIGIN
                + (Math.max(tiles * WinogradConv.TILE, Kernels.MAX_PIXELS) + 2L) * stride
                + (long) kernels.lanes() * Kernels.MAX_VECTORS;
    }

    @Override
    public long pictureFloats(int width) {
        return rowFloats(kernels, width, RGB);
    }

    @Override
    public void load(float[] rgb, int first, int width, float[] row) {
        System.arraycopy(rgb, RGB * first, row, at(0, RGB), RGB * width);
    }

    /** Copies columns from row to row. */
    static void copy(float[] from, int first, float[] to, int at, int columns, int stride) {
        System.arraycopy(from, at(first, stride), to, at(at, stride), columns * stride);
    }

    /** Where a column of a row lies; there is a zero pixel before the first. */
    static int at(int column, int stride) {
        return Kernels.ORIGIN + (column + 1) * stride;
    }

    /** A vector may be written beyond the last pixel. */
    @Override
    public long enlargedFloats(int width) {
        return (long) width * RGB * scale + kernels.lanes();
    }

    @Override
    public void emit(
            float[] conv, float[] picture, int first, int end, int width, float[][] enlarged, int at, float[] scratch) {
        int run = RGB * scale;
        if (!skip) {
            Arrays.fill(scratch, 0, RGB * (end - first) + kernels.lanes(), 0);
        }
        for (int dy = 0; dy < scale; dy++) {
            kernels.addNearest(
                    conv,
                    at(first, convStride) + dy * run,
                    convStride,
                    skip ? picture : scratch,
                    skip ? at(first, RGB) : 0,
                    run,
                    end - first,
                    enlarged[dy],
                    at * run);
        }
    }
}
