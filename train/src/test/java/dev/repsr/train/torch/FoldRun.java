package dev.repsr.train.torch;

import dev.repsr.block.Block;
import dev.repsr.block.Topology.Place;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.fold.BlockFold;
import dev.repsr.train.fold.FlatLayout;
import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchLayout;
import dev.repsr.train.fold.PatchMoments;
import dev.repsr.train.fold.PatchSums;
import dev.repsr.train.fold.Pixels;
import dev.repsr.train.fold.ScalarMatrices;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One block with random weights, a batch for it and all arrays. */
final class FoldRun {
    static final double EPSILON = 1e-5;

    private static final double MOMENTUM = 0.3;

    /** A batch of this many maps. */
    private static final int SAMPLES = 16;

    final Place place;
    final Weights weights;
    final BlockOracle.Batch batch;
    final FlatLayout parameterLayout;
    final FlatLayout statisticLayout;
    final BlockFold fold;
    final float[] parameters;
    final float[] statistics;
    final float[] gradients;
    final float[] kernel;
    final float[] bias;
    final int in;
    final int out;

    FoldRun(Block block, int height, int width) {
        in = block.in();
        out = block.out();
        place = new Place("block.7.", block, "");
        weights = weights(block);
        SplittableRandom random = new SplittableRandom(height * 100L + width);
        long pixels = (long) SAMPLES * height * width;
        double[] x =
                random.doubles(pixels * in, -1, 2).map(value -> (float) value).toArray();
        double[] cotangent =
                random.doubles(pixels * out, -1, 1).map(value -> (float) value).toArray();
        batch = new BlockOracle.Batch(SAMPLES, height, width, x, cotangent);
        parameterLayout = layout(false);
        statisticLayout = layout(true);
        fold = new BlockFold(place, parameterLayout, statisticLayout, EPSILON, new ScalarMatrices());
        parameters = parameterLayout.read(weights, "");
        statistics = statisticLayout.read(weights, "");
        gradients = new float[parameters.length];
        kernel = new float[out * in * 9];
        bias = new float[out];
    }

    private Weights weights(Block block) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(5);
        block.tensors().forEach((name, shape) -> {
            float[] values = Tensor.zeros(shape).toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(name.endsWith("variance") ? 0.1 : -0.5, 0.5);
            }
            tensors.put(place.prefix() + name, Tensor.of(values, shape));
        });
        tensors.put("other", Tensor.zeros(3));
        return new Weights(tensors);
    }

    private FlatLayout layout(boolean ofStatistics) {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        // A tensor of another block before, so that offsets count.
        shapes.put("other", new int[] {3});
        place.block().tensors().forEach((name, shape) -> {
            if (TrainerSettings.isStatistic(name) == ofStatistics) {
                shapes.put(place.prefix() + name, shape);
            }
        });
        return new FlatLayout(shapes);
    }

    private double x(int sample, int channel, int y, int x) {
        boolean inside = y >= 0 && y < batch.height() && x >= 0 && x < batch.width();
        return inside ? batch.x()[((sample * in + channel) * batch.height() + y) * batch.width() + x] : 0;
    }

    private interface Tap {
        /** Output pixel {@code to} of channel o sees input pixel (y, x) of channel i through weight {@code at}. */
        void visit(int to, int at, int sample, int i, int y, int x);
    }

    private void eachTap(Tap tap) {
        int area = batch.height() * batch.width();
        for (int to = 0; to < SAMPLES * out * area; to++) {
            int o = to / area % out;
            int y = to % area / batch.width() - 1;
            int x = to % batch.width() - 1;
            for (int k = 0; k < in * 9; k++) {
                tap.visit(to, o * in * 9 + k, to / area / out, k / 9, y + k % 9 / 3, x + k % 3);
            }
        }
    }

    /** The gradient of the kernel of a 3x3 convolution. */
    float[] kernelGradient() {
        double[] sums = new double[kernel.length];
        eachTap((to, at, sample, i, y, x) -> sums[at] += batch.cotangent()[to] * x(sample, i, y, x));
        return floats(sums);
    }

    float[] biasGradient() {
        double[] sums = new double[out];
        int area = batch.height() * batch.width();
        for (int to = 0; to < batch.cotangent().length; to++) {
            sums[to / area % out] += batch.cotangent()[to];
        }
        return floats(sums);
    }

    private float[] output() {
        double[] sums = new double[batch.cotangent().length];
        int area = batch.height() * batch.width();
        Arrays.setAll(sums, to -> bias[to / area % out]);
        eachTap((to, at, sample, i, y, x) -> sums[to] += kernel[at] * x(sample, i, y, x));
        return floats(sums);
    }

    /** What reaches the input through the convolution. */
    private float[] inputGradient() {
        double[] sums = new double[batch.x().length];
        eachTap((to, at, sample, i, y, x) -> {
            if (y >= 0 && y < batch.height() && x >= 0 && x < batch.width()) {
                sums[((sample * in + i) * batch.height() + y) * batch.width() + x] +=
                        kernel[at] * batch.cotangent()[to];
            }
        });
        return floats(sums);
    }

    double error(String name, float[] flat, FlatLayout layout, double[] expected) {
        int at = layout.at(name);
        return error(Arrays.copyOfRange(flat, at, at + expected.length), expected);
    }

    /** Errors of the output, of the input's gradient and of each tensor, with the statistics of the batch. */
    Map<String, Double> batchErrors(PatchLayout layout, Consumer<float[]> onSums, Consumer<InputGradient> onInput) {
        float[] sums = new float[layout.sums()];
        for (int sample = 0; sample < SAMPLES; sample++) {
            PatchSums.add(layout, pixels(sample), sums);
        }
        onSums.accept(sums);
        PatchMoments moments = new PatchMoments(in);
        moments.take(layout, sums, (long) SAMPLES * batch.height() * batch.width());
        fold.foldBatch(parameters, moments, kernel, bias);
        fold.moveStatistics(statistics, MOMENTUM);
        InputGradient input = new InputGradient(layout);
        fold.unfoldBatch(parameters, kernelGradient(), biasGradient(), gradients, input);
        onInput.accept(input);

        BlockOracle oracle = BlockOracle.of(place, weights, EPSILON, batch, MOMENTUM);
        Map<String, Double> errors = new LinkedHashMap<>();
        errors.put("output", error(output(), oracle.output()));
        errors.put("input", error(plus(inputGradient(), input), oracle.input()));
        oracle.gradients().forEach((name, values) -> errors.put(name, error(name, gradients, parameterLayout, values)));
        oracle.statistics()
                .forEach((name, values) -> errors.put(name, error(name, statistics, statisticLayout, values)));
        return errors;
    }

    /** A sample, pixel by pixel, in an array where what is not its pixels is no number. */
    private Pixels pixels(int sample) {
        Pixels pixels = emptyPixels(Float.NaN);
        eachValue((at, c, y, x) -> pixels.values()[at] = (float) x(sample, c, y, x));
        return pixels;
    }

    private Pixels emptyPixels(float filling) {
        int pixel = in + 1;
        int row = batch.width() * pixel + 3;
        float[] values = new float[5 + batch.height() * row];
        Arrays.fill(values, filling);
        return new Pixels(values, 5, row, pixel, batch.height(), batch.width());
    }

    private interface Value {
        void visit(int at, int c, int y, int x);
    }

    private void eachValue(Value value) {
        Pixels pixels = emptyPixels(0);
        for (int y = 0; y < batch.height(); y++) {
            for (int x = 0; x < batch.width(); x++) {
                for (int c = 0; c < in; c++) {
                    value.visit(5 + y * pixels.row() + x * pixels.pixel() + c, c, y, x);
                }
            }
        }
    }

    /** With what the input gets through the statistics. */
    private float[] plus(float[] gradient, InputGradient input) {
        for (int sample = 0; sample < SAMPLES; sample++) {
            Pixels to = emptyPixels(0);
            input.addTo(to, pixels(sample));
            int first = sample * in;
            eachValue((at, c, y, x) ->
                    gradient[((first + c) * batch.height() + y) * batch.width() + x] += to.values()[at]);
        }
        return gradient;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Largest difference as a share of the largest expected value, of a tenth at least. */
    static double error(float[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            if (Float.isNaN(actual[i])) {
                return Double.NaN;
            }
        }
        return worst / Math.max(0.1, largest);
    }
}
