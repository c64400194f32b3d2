package dev.repsr.block;

import java.util.Arrays;

/**
 * A feature map in double precision with the operations of training and merged networks, written for reading: the truth
 * that a merge is checked against.
 *
 * @param values [channels, height, width], row-major
 */
record FeatureMap(int channels, int height, int width, double[] values) {
    FeatureMap {
        if (values.length != channels * height * width) {
            throw new IllegalArgumentException(values.length + " values for " + channels + "x" + height + "x" + width);
        }
    }

    /** 3x3 convolution, zero padding 1. */
    FeatureMap conv3x3(MergedConv conv) {
        double[] result = new double[conv.out() * height * width];
        for (int o = 0; o < conv.out(); o++) {
            Arrays.fill(result, o * height * width, (o + 1) * height * width, conv.bias()[o]);
            for (int i = 0; i < channels; i++) {
                for (int tap = 0; tap < 9; tap++) {
                    addShifted(result, o, i, tap / 3 - 1, tap % 3 - 1, conv.kernel()[(o * channels + i) * 9 + tap]);
                }
            }
        }
        return new FeatureMap(conv.out(), height, width, result);
    }

    /** result[o] at (y, x) += factor * this[i] at (y + dy, x + dx), nothing where that lies outside. */
    private void addShifted(double[] result, int o, int i, int dy, int dx, double factor) {
        for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
            int to = (o * height + y) * width;
            int from = (i * height + y + dy) * width + dx;
            for (int x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
                result[to + x] += factor * values[from + x];
            }
        }
    }

    /** With one zero pixel around each channel. */
    FeatureMap ringed() {
        double[] result = new double[channels * (height + 2) * (width + 2)];
        for (int row = 0; row < channels * height; row++) {
            int to = (row / height * (height + 2) + row % height + 1) * (width + 2) + 1;
            System.arraycopy(values, row * width, result, to, width);
        }
        return new FeatureMap(channels, height + 2, width + 2, result);
    }

    /** The middle of that size; both margins must be even. */
    FeatureMap centre(int newHeight, int newWidth) {
        int top = (height - newHeight) / 2;
        int left = (width - newWidth) / 2;
        double[] result = new double[channels * newHeight * newWidth];
        for (int row = 0; row < channels * newHeight; row++) {
            int from = (row / newHeight * height + row % newHeight + top) * width + left;
            System.arraycopy(values, from, result, row * newWidth, newWidth);
        }
        return new FeatureMap(channels, newHeight, newWidth, result);
    }

    /** Convolution without padding, weights [out, channels, rows, columns]; the result is smaller by rows - 1 and columns - 1. */
    FeatureMap valid(double[] kernel, int rows, int columns, double[] bias) {
        int newHeight = height - rows + 1;
        int newWidth = width - columns + 1;
        double[] result = new double[bias.length * newHeight * newWidth];
        for (int o = 0; o < bias.length; o++) {
            Arrays.fill(result, o * newHeight * newWidth, (o + 1) * newHeight * newWidth, bias[o]);
            for (int k = 0; k < channels * rows * columns; k++) {
                double factor = kernel[o * channels * rows * columns + k];
                if (factor != 0) {
                    int top = k / (rows * columns) * height + k / columns % rows;
                    for (int y = 0; y < newHeight; y++) {
                        int from = (top + y) * width + k % columns;
                        addRow(result, (o * newHeight + y) * newWidth, newWidth, factor, from);
                    }
                }
            }
        }
        return new FeatureMap(bias.length, newHeight, newWidth, result);
    }

    private void addRow(double[] result, int to, int length, double factor, int from) {
        for (int x = 0; x < length; x++) {
            result[to + x] += factor * values[from + x];
        }
    }

    FeatureMap normalise(BatchNorm bn) {
        double[] result = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            int c = k / (height * width);
            double deviation = Math.sqrt(bn.variance()[c] + bn.epsilon());
            result[k] = bn.gamma()[c] * ((values[k] - bn.mean()[c]) / deviation) + bn.beta()[c];
        }
        return new FeatureMap(channels, height, width, result);
    }

    FeatureMap prelu(double[] slope) {
        double[] result = values.clone();
        for (int k = 0; k < result.length; k++) {
            if (result[k] < 0) {
                result[k] *= slope[k / (height * width)];
            }
        }
        return new FeatureMap(channels, height, width, result);
    }

    FeatureMap plus(FeatureMap other) {
        double[] result = values.clone();
        for (int k = 0; k < result.length; k++) {
            result[k] += other.values[k];
        }
        return new FeatureMap(channels, height, width, result);
    }

    /** Pixel shuffle, then plus the nearest-neighbour enlargement of {@code input}. */
    FeatureMap shuffleAndAdd(FeatureMap input, int scale) {
        int largeHeight = height * scale;
        int largeWidth = width * scale;
        double[] result = new double[values.length];
        for (int c = 0; c < input.channels; c++) {
            for (int y = 0; y < largeHeight; y++) {
                for (int x = 0; x < largeWidth; x++) {
                    int sub = (c * scale + y % scale) * scale + x % scale;
                    result[(c * largeHeight + y) * largeWidth + x] =
                            at(sub, y / scale, x / scale) + input.at(c, y / scale, x / scale);
                }
            }
        }
        return new FeatureMap(input.channels, largeHeight, largeWidth, result);
    }

    private double at(int c, int y, int x) {
        return values[(c * height + y) * width + x];
    }
}
