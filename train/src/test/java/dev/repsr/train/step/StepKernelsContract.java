package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all kernels have to compute: what the scalar ones do, but for rounding. */
public abstract class StepKernelsContract {
    /** Largest difference, as a part of the norm of what is compared: transforms with factors up to 8 lose two or three bits. */
    private static final double ROUNDING = 5e-6;

    private static final StepKernels SCALAR = new ScalarKernels();

    private final SplittableRandom random = new SplittableRandom(7);

    /** The kernels under test. */
    protected abstract StepKernels kernels();

    @ParameterizedTest
    @CsvSource({"8,16,16", "32,16,48", "12,32,27", "10,6,12", "5,40,3", "1,3,5", "48,20,64", "7,80,16"})
    void convolutionIsTheScalarOne(int side, int in, int out) {
        Layer expected = new Layer(SCALAR, side, in, out);
        Layer actual = new Layer(kernels(), side, in, out);
        double[] z = random(side * side * in);
        double[] dz = random(side * side * out);
        double[] kernel = random(9 * in * out);
        double[] bias = random(out);
        double[] slope = random(in);
        double[] extra = random(side * side * in);
        for (Layer layer : List.of(expected, actual)) {
            layer.run(z, dz, kernel, bias, slope, extra);
        }
        expected.compare(actual);
    }

    @ParameterizedTest
    @CsvSource({"8,16", "32,16", "9,20", "1,5", "16,64"})
    void headIsTheScalarOne(int side, int out) {
        Layer expected = new Layer(SCALAR, side, 0, out);
        Layer actual = new Layer(kernels(), side, 0, out);
        double[] z = random(side * side * 3);
        double[] dz = random(side * side * out);
        double[] kernel = random(27 * out);
        double[] bias = random(out);
        for (Layer layer : List.of(expected, actual)) {
            layer.runHead(z, dz, kernel, bias);
        }
        expected.compare(actual);
    }

    private double[] random(int size) {
        return random.doubles(size, -1, 1).map(value -> (float) value).toArray();
    }

    /** One convolution, and all that it made. */
    private static final class Layer {
        private final MapShape in;
        private final MapShape out;
        private final ConvKernels conv;
        private double[] y = {};
        private double[] kernelGradient = {};
        private double[] biasGradient = {};
        private double[] dx = {};
        private double[] dxExtra = {};
        private double[] slopeGradient = {};

        Layer(StepKernels kernels, int side, int channels, int outChannels) {
            boolean head = channels == 0;
            in = head ? new MapShape(side, 3, 3, 1) : new MapShape(side, channels, kernels.stride(channels), 1);
            out = new MapShape(side, outChannels, kernels.stride(outChannels), 1);
            conv = head ? kernels.head(in, out) : kernels.conv(in, out);
        }

        void run(double[] z, double[] dz, double[] kernel, double[] bias, double[] slope, double[] extra) {
            Workspace space = new Workspace(List.of(conv), true);
            float[] prepared = new float[conv.preparedSize()];
            conv.prepare(floats(kernel), prepared);
            float[] x = spread(z, in);
            float[] slopes = padded(slope, in);
            float[] result = new float[out.size()];
            conv.forward(prepared, padded(bias, out), x, slopes, space, 0, result);
            y = gather(result, out);
            assertBeyondIsZero(result, out);
            LayerGradients gradients = new LayerGradients(List.of(conv));
            float[] gradient = spread(dz, out);
            conv.weightGradient(gradient, x, slopes, space, 0, false, gradients.kernel[0], gradients.bias[0]);
            float[] back = new float[in.size()];
            conv.inputGradient(prepared, x, slopes, null, space, gradients.slope[0], back);
            dx = gather(back, in);
            assertBeyondIsZero(back, in);
            kernelGradient = kernel(gradients.kernel[0]);
            biasGradient = head(gradients.bias[0], out.channels());
            conv.weightGradient(gradient, x, slopes, space, 0, true, null, null);
            conv.inputGradient(prepared, x, slopes, spread(extra, in), space, gradients.slope[0], back);
            dxExtra = gather(back, in);
            slopeGradient = head(gradients.slope[0], in.channels());
        }

        void runHead(double[] z, double[] dz, double[] kernel, double[] bias) {
            Workspace space = new Workspace(List.of(conv), true);
            float[] prepared = new float[conv.preparedSize()];
            conv.prepare(floats(kernel), prepared);
            float[] x = spread(z, in);
            float[] result = new float[out.size()];
            conv.forward(prepared, padded(bias, out), x, null, space, 0, result);
            y = gather(result, out);
            assertBeyondIsZero(result, out);
            LayerGradients gradients = new LayerGradients(List.of(conv));
            conv.weightGradient(spread(dz, out), x, null, space, 0, false, gradients.kernel[0], gradients.bias[0]);
            kernelGradient = kernel(gradients.kernel[0]);
            biasGradient = head(gradients.bias[0], out.channels());
        }

        private static void assertBeyondIsZero(float[] map, MapShape shape) {
            for (int y = 0; y < MapShape.TILE * shape.tiles(); y++) {
                for (int x = y < shape.side() ? shape.side() : 0; x < MapShape.TILE * shape.tiles(); x++) {
                    for (int c = 0; c < shape.stride(); c++) {
                        assertThat(map[shape.at(y, x) + c]).isZero();
                    }
                }
            }
        }

        private double[] kernel(float[] gradient) {
            double[] dense = new double[9 * in.channels() * out.channels()];
            int k = 0;
            for (int tap = 0; tap < 9; tap++) {
                for (int i = 0; i < in.channels(); i++) {
                    for (int o = 0; o < out.channels(); o++) {
                        dense[k++] = gradient[ORIGIN + (tap * in.stride() + i) * out.stride() + o];
                    }
                }
            }
            return dense;
        }

        void compare(Layer other) {
            assertClose("output", y, other.y);
            assertClose("kernel's gradient", kernelGradient, other.kernelGradient);
            assertClose("bias's gradient", biasGradient, other.biasGradient);
            assertClose("input's gradient", dx, other.dx);
            assertClose("input's gradient with an extra part", dxExtra, other.dxExtra);
            assertClose("slopes' gradient", slopeGradient, other.slopeGradient);
        }
    }

    /** By the norm of the difference. */
    static void assertClose(String what, double[] expected, double[] actual) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference)).as(what).isLessThanOrEqualTo(ROUNDING * Math.sqrt(norm));
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static float[] padded(double[] values, MapShape shape) {
        float[] padded = new float[ORIGIN + shape.stride() + 16];
        System.arraycopy(floats(values), 0, padded, ORIGIN, values.length);
        return padded;
    }

    private static double[] head(float[] padded, int size) {
        double[] values = new double[size];
        Arrays.setAll(values, i -> padded[ORIGIN + i]);
        return values;
    }

    static float[] spread(double[] values, MapShape shape) {
        float[] map = new float[shape.size()];
        int k = 0;
        for (int y = 0; y < shape.side(); y++) {
            for (int x = 0; x < shape.side(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    map[shape.at(y, x) + c] = (float) values[k++];
                }
            }
        }
        return map;
    }

    static double[] gather(float[] map, MapShape shape) {
        double[] values = new double[shape.side() * shape.side() * shape.channels()];
        int k = 0;
        for (int y = 0; y < shape.side(); y++) {
            for (int x = 0; x < shape.side(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    values[k++] = map[shape.at(y, x) + c];
                }
            }
        }
        return values;
    }
}
