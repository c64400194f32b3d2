package dev.repsr.engine;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Runs the layers one after the other; each convolution of a band that was cut out of the picture loses the rows at the cut. */
final class ScalarWorker implements BandWorker {
    private static final int RGB = 3;

    private final Network network;
    private final int width;
    private final int height;

    ScalarWorker(Network network, int width, int height) {
        this.network = network;
        this.width = width;
        this.height = height;
    }

    @Override
    public void run(RowInput input, int top, int rows, RowOutput output) throws IOException {
        Objects.checkFromIndexSize(top, rows, height);
        Planes picture = readPicture(input, top, rows);
        Planes map = picture;
        for (Layer layer : network.layers()) {
            map = switch (layer) {
                case Conv3x3 conv -> convolve(map, conv);
                case PRelu relu -> prelu(map, network.weights().get(relu.name() + ".weight"));
                case PixelShuffle shuffle -> shuffle(map, shuffle.scale());
                case AddNearest skip -> addNearest(map, picture, skip.scale());
            };
        }
        int scale = network.scale();
        float[] row = new float[RGB * map.width];
        for (int y = top * scale; y < (top + rows) * scale; y++) {
            interleave(map, y, row);
            output.acceptRow(y, row);
        }
    }

    private Planes readPicture(RowInput input, int top, int rows) throws IOException {
        int first = Math.max(0, top - network.radius());
        int end = (int) Math.min(height, (long) top + rows + network.radius());
        Planes picture = new Planes(RGB, first, end - first, width);
        float[] row = new float[RGB * width];
        for (int y = first; y < end; y++) {
            input.copyRow(y, row, 0);
            int at = picture.index(y);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < RGB; c++) {
                    picture.planes[c][at + x] = row[RGB * x + c];
                }
            }
        }
        return picture;
    }

    /** out[o][y][x] = bias[o] + sum over i, ky, kx of weight[o][i][ky][kx] * in[i][y + ky - 1][x + kx - 1]. */
    private Planes convolve(Planes in, Conv3x3 conv) {
        float[] weight = network.weights().get(conv.name() + ".weight").toArray();
        float[] bias = network.weights().get(conv.name() + ".bias").toArray();
        int top = in.top == 0 ? 0 : in.top + 1;
        int bottom = in.bottom() == height ? height : in.bottom() - 1;
        Planes out = new Planes(conv.out(), top, bottom - top, width);
        for (int o = 0; o < conv.out(); o++) {
            for (int y = top; y < bottom; y++) {
                int at = out.index(y);
                Arrays.fill(out.planes[o], at, at + width, bias[o]);
                for (int i = 0; i < conv.in(); i++) {
                    for (int ky = 0; ky < 3; ky++) {
                        if (in.holds(y + ky - 1)) {
                            int from = in.index(y + ky - 1);
                            int taps = ((o * conv.in() + i) * 3 + ky) * 3;
                            addRow(out.planes[o], at, in.planes[i], from, weight, taps);
                        }
                    }
                }
            }
        }
        return out;
    }

    /** Adds three taps of one input row to one output row. */
    private void addRow(float[] out, int at, float[] in, int from, float[] weight, int taps) {
        float left = weight[taps];
        float middle = weight[taps + 1];
        float right = weight[taps + 2];
        for (int x = 0; x < width; x++) {
            out[at + x] += left * in[from + x - 1] + middle * in[from + x] + right * in[from + x + 1];
        }
    }

    private static Planes prelu(Planes in, Tensor slopes) {
        Planes out = new Planes(in.channels(), in.top, in.rows, in.width);
        for (int c = 0; c < in.channels(); c++) {
            float slope = slopes.get(c);
            float[] from = in.planes[c];
            float[] to = out.planes[c];
            for (int i = 0; i < from.length; i++) {
                to[i] = from[i] < 0 ? slope * from[i] : from[i];
            }
        }
        return out;
    }

    private static Planes shuffle(Planes in, int scale) {
        int square = scale * scale;
        Planes out = new Planes(in.channels() / square, in.top * scale, in.rows * scale, in.width * scale);
        for (int c = 0; c < in.channels(); c++) {
            float[] to = out.planes[c / square];
            int dy = c % square / scale;
            int dx = c % scale;
            for (int y = in.top; y < in.bottom(); y++) {
                int from = in.index(y);
                int at = out.index(y * scale + dy) + dx;
                for (int x = 0; x < in.width; x++) {
                    to[at + x * scale] = in.planes[c][from + x];
                }
            }
        }
        return out;
    }

    private static Planes addNearest(Planes in, Planes picture, int scale) {
        Planes out = new Planes(in.channels(), in.top, in.rows, in.width);
        for (int c = 0; c < in.channels(); c++) {
            for (int y = in.top; y < in.bottom(); y++) {
                int at = in.index(y);
                int from = picture.index(y / scale);
                for (int x = 0; x < in.width; x++) {
                    out.planes[c][at + x] = in.planes[c][at + x] + picture.planes[c][from + x / scale];
                }
            }
        }
        return out;
    }

    private static void interleave(Planes map, int y, float[] row) {
        int at = map.index(y);
        for (int x = 0; x < map.width; x++) {
            for (int c = 0; c < RGB; c++) {
                row[RGB * x + c] = map.planes[c][at + x];
            }
        }
    }
}
