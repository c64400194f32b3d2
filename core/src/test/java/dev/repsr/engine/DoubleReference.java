package dev.repsr.engine;

import dev.repsr.network.Layer;
import dev.repsr.network.Layer.AddNearest;
import dev.repsr.network.Layer.Conv3x3;
import dev.repsr.network.Layer.PRelu;
import dev.repsr.network.Layer.PixelShuffle;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;

/** A network value by value from the layers' definitions, in double arithmetic, whole pictures only. */
final class DoubleReference {
    private DoubleReference() {}

    /** Interleaved in, interleaved out. */
    static double[] run(Network network, float[] picture, int width) {
        int height = picture.length / (3 * width);
        double[][][] input = new double[3][height][width];
        for (int i = 0; i < picture.length; i++) {
            input[i % 3][i / 3 / width][i / 3 % width] = picture[i];
        }
        double[][][] map = input;
        for (Layer layer : network.layers()) {
            map = apply(layer, network, map, input);
        }
        int outWidth = map[0][0].length;
        double[] out = new double[3 * map[0].length * outWidth];
        for (int i = 0; i < out.length; i++) {
            out[i] = map[i % 3][i / 3 / outWidth][i / 3 % outWidth];
        }
        return out;
    }

    private static double[][][] apply(Layer layer, Network network, double[][][] map, double[][][] input) {
        int height = map[0].length;
        int width = map[0][0].length;
        return switch (layer) {
            case Conv3x3 conv -> fill(conv.out(), height, width, (c, y, x) -> convolved(conv, network, map, c, y, x));
            case PRelu relu -> {
                Tensor slopes = network.weights().get(relu.name() + ".weight");
                yield fill(
                        map.length, height, width, (c, y, x) -> map[c][y][x] * (map[c][y][x] < 0 ? slopes.get(c) : 1));
            }
            case PixelShuffle shuffle -> {
                int s = shuffle.scale();
                yield fill(
                        map.length / (s * s),
                        height * s,
                        width * s,
                        (c, y, x) -> map[c * s * s + y % s * s + x % s][y / s][x / s]);
            }
            case AddNearest skip ->
                fill(3, height, width, (c, y, x) -> map[c][y][x] + input[c][y / skip.scale()][x / skip.scale()]);
        };
    }

    private static double convolved(Conv3x3 conv, Network network, double[][][] map, int o, int y, int x) {
        Tensor weight = network.weights().get(conv.name() + ".weight");
        double sum = network.weights().get(conv.name() + ".bias").get(o);
        for (int i = 0; i < conv.in(); i++) {
            for (int tap = 0; tap < 9; tap++) {
                int v = y + tap / 3 - 1;
                int u = x + tap % 3 - 1;
                if (v >= 0 && v < map[i].length && u >= 0 && u < map[i][v].length) {
                    sum += (double) weight.get((o * conv.in() + i) * 9 + tap) * map[i][v][u];
                }
            }
        }
        return sum;
    }

    private interface Value {
        double at(int channel, int y, int x);
    }

    private static double[][][] fill(int channels, int height, int width, Value value) {
        double[][][] map = new double[channels][height][width];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    map[c][y][x] = value.at(c, y, x);
                }
            }
        }
        return map;
    }
}
