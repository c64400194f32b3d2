package dev.repsr.train.step;

import dev.repsr.train.engine.Colours;
import java.util.stream.IntStream;

/** The end of a step as its definition says. */
record ScalarLoss(MapShape shape, int scale) implements LossKernels {

    @Override
    public int scratchSize() {
        return 0;
    }

    private int places() {
        return scale * scale;
    }

    /** Index of the first colour of each pixel of the enlarged picture. */
    private IntStream pixels() {
        return IntStream.range(0, shape.side() * shape.side() * places())
                .map(i -> shape.at(i / places() / shape.side(), i / places() % shape.side()) + i % places());
    }

    private static float luma(float[] errors) {
        float luma = 0;
        for (int colour = 0; colour < COLOURS; colour++) {
            luma += LossKernels.luma(colour) * errors[colour];
        }
        return luma;
    }

    private float[] errors(float[] output, float[] target, int at) {
        float[] errors = new float[COLOURS];
        for (int colour = 0; colour < COLOURS; colour++) {
            int i = at + colour * places();
            errors[colour] = output[i] - target[i];
        }
        return errors;
    }

    @Override
    public double[] squares(Colours colours, float[] output, float[] target, float[] scratch) {
        double[] sums = new double[2];
        pixels().forEach(at -> {
            float[] errors = errors(output, target, at);
            float luma = luma(errors);
            for (float error : errors) {
                float compared = error - without(colours, luma);
                sums[0] += compared * compared;
            }
            sums[1] += luma * luma;
        });
        return sums;
    }

    @Override
    public double gradient(
            Kind kind,
            Colours colours,
            float factor,
            float lumaFactor,
            float[] output,
            float[] target,
            float[] scratch) {
        double[] sum = new double[1];
        pixels().forEach(at -> {
            float[] errors = errors(output, target, at);
            sum[0] += gradient(kind, colours, factor, lumaFactor, output, errors, at);
        });
        return sum[0];
    }

    /** Of the three colours of one pixel of the enlarged picture. */
    private double gradient(
            Kind kind, Colours colours, float factor, float lumaFactor, float[] output, float[] errors, int at) {
        double sum = 0;
        float luma = luma(errors);
        float ofLuma = lumaFactor * derivative(kind, luma);
        float[] derivatives = new float[COLOURS];
        for (int colour = 0; colour < COLOURS; colour++) {
            sum += Math.abs(errors[colour]);
            derivatives[colour] = factor * derivative(kind, errors[colour] - without(colours, luma));
            ofLuma -= without(colours, derivatives[colour]);
        }
        for (int colour = 0; colour < COLOURS; colour++) {
            output[at + colour * places()] = derivatives[colour] + LossKernels.luma(colour) * ofLuma;
        }
        return sum;
    }

    private static float without(Colours colours, float luma) {
        return switch (colours) {
            case RGB -> 0;
            case DIFFERENCES -> luma;
        };
    }

    private static float derivative(Kind kind, float error) {
        return switch (kind) {
            case ABSOLUTE -> Math.signum(error);
            case SQUARED -> 2 * error;
            case CHARBONNIER -> (float) (error / Math.sqrt(error * error + CORNER * CORNER));
        };
    }
}
