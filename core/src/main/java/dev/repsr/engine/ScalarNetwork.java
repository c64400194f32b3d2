package dev.repsr.engine;

import dev.repsr.network.Network;
import java.util.List;

/** A network on the scalar engine. A row is one plane a channel, each with a zero pixel left and right. */
record ScalarNetwork(Network network, List<ScalarConv> stages, int scale, boolean skip) implements RowNetwork {
    private static final int RGB = 3;

    ScalarNetwork(Network network, ConvStack stack) {
        this(network, stack.stages().stream().map(ScalarConv::new).toList(), stack.scale(), stack.skip());
    }

    @Override
    public String engine() {
        return "scalar";
    }

    @Override
    public long pictureFloats(int width) {
        return rowFloats(RGB, width);
    }

    static long rowFloats(int channels, int width) {
        return channels * (width + 2L);
    }

    /** Index of pixel 0 of a channel. */
    static int plane(int channel, int width) {
        return channel * (width + 2) + 1;
    }

    @Override
    public void load(float[] rgb, int first, int width, float[] row) {
        for (int c = 0; c < RGB; c++) {
            for (int x = 0; x < width; x++) {
                row[plane(c, width) + x] = rgb[RGB * (first + x) + c];
            }
        }
    }

    @Override
    public long enlargedFloats(int width) {
        return (long) RGB * width * scale;
    }

    /** enlarged[dy][x * scale + dx][c] = conv[c * scale^2 + dy * scale + dx][x] + picture[c][x]. */
    @Override
    public void emit(
            float[] conv, float[] picture, int first, int end, int width, float[][] enlarged, int at, float[] scratch) {
        for (int c = 0; c < RGB; c++) {
            for (int dy = 0; dy < scale; dy++) {
                for (int dx = 0; dx < scale; dx++) {
                    int from = plane((c * scale + dy) * scale + dx, width);
                    for (int x = first; x < end; x++) {
                        float added = skip ? picture[plane(c, width) + x] : 0;
                        enlarged[dy][((at + x - first) * scale + dx) * RGB + c] = conv[from + x] + added;
                    }
                }
            }
        }
    }
}
