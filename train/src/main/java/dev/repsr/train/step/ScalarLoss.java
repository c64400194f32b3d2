package dev.repsr.train.step;

/** The end of a step as its definition says. */
record ScalarLoss(MapShape shape, int scale) implements LossKernels {

    @Override
    public int scratchSize() {
        return 0;
    }

    private int places() {
        return scale * scale;
    }

    @Override
    public double[] squares(float[] output, float[] target, float[] scratch) {
        double[] sums = new double[2];
        for (int y = 0; y < shape.side(); y++) {
            for (int x = 0; x < shape.side(); x++) {
                int at = shape.at(y, x);
                for (int place = 0; place < places(); place++) {
                    float luma = 0;
                    for (int colour = 0; colour < COLOURS; colour++) {
                        int i = at + colour * places() + place;
                        float error = output[i] - target[i];
                        sums[0] += error * error;
                        luma += LossKernels.luma(colour) * error;
                    }
                    sums[1] += luma * luma;
                }
            }
        }
        return sums;
    }

    @Override
    public double gradient(Kind kind, float factor, float lumaFactor, float[] output, float[] target, float[] scratch) {
        double sum = 0;
        for (int y = 0; y < shape.side(); y++) {
            for (int x = 0; x < shape.side(); x++) {
                int at = shape.at(y, x);
                for (int place = 0; place < places(); place++) {
                    sum += gradient(kind, factor, lumaFactor, output, target, at + place);
                }
            }
        }
        return sum;
    }

    /** Of the three colours of one pixel of the enlarged picture. */
    private double gradient(Kind kind, float factor, float lumaFactor, float[] output, float[] target, int at) {
        double sum = 0;
        float luma = 0;
        for (int colour = 0; colour < COLOURS; colour++) {
            int i = at + colour * places();
            float error = output[i] - target[i];
            sum += Math.abs(error);
            luma += LossKernels.luma(colour) * error;
        }
        float ofLuma = lumaFactor * derivative(kind, luma);
        for (int colour = 0; colour < COLOURS; colour++) {
            int i = at + colour * places();
            float error = output[i] - target[i];
            output[i] = factor * derivative(kind, error) + LossKernels.luma(colour) * ofLuma;
        }
        return sum;
    }

    private static float derivative(Kind kind, float error) {
        return switch (kind) {
            case ABSOLUTE -> Math.signum(error);
            case SQUARED -> 2 * error;
            case CHARBONNIER -> (float) (error / Math.sqrt(error * error + CORNER * CORNER));
        };
    }
}
