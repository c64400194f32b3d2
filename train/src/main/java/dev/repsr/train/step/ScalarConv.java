package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution and its gradients as their definitions say: the specification of all other kernels. Maps have no channels for
 * padding.
 */
record ScalarConv(MapShape in, MapShape out) implements ConvKernels {
    private static final int TAPS = 9;
    private static final int X = 0;
    private static final int DZ = 1;

    @Override
    public int keptSize() {
        return 0;
    }

    @Override
    public int[] scratchSizes() {
        return new int[] {in.size(), out.size()};
    }

    @Override
    public int preparedSize() {
        return TAPS * in.stride() * out.stride();
    }

    /** [tap, in, out]. */
    @Override
    public void prepare(float[] kernel, float[] prepared) {
        for (int o = 0; o < out.channels(); o++) {
            for (int i = 0; i < in.channels(); i++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    prepared[(tap * in.stride() + i) * out.stride() + o] = kernel[(o * in.channels() + i) * TAPS + tap];
                }
            }
        }
    }

    @Override
    public void forward(
            float[] prepared,
            float[] bias,
            float[] z,
            float @Nullable [] slope,
            Workspace space,
            int layer,
            float[] result) {
        float[] x = activated(z, slope, space);
        for (int row = 0; row < out.side(); row++) {
            for (int column = 0; column < out.side(); column++) {
                int to = out.at(row, column);
                System.arraycopy(bias, ORIGIN, result, to, out.stride());
                for (int tap = 0; tap < TAPS; tap++) {
                    int from = in.at(row + tap / 3 - 1, column + tap % 3 - 1);
                    for (int i = 0; i < in.channels(); i++) {
                        int w = (tap * in.stride() + i) * out.stride();
                        float value = x[from + i];
                        for (int o = 0; o < out.stride(); o++) {
                            result[to + o] += value * prepared[w + o];
                        }
                    }
                }
            }
        }
    }

    /** x = max(z, 0) + slope min(z, 0), with its border of zeros. */
    private float[] activated(float[] z, float @Nullable [] slope, Workspace space) {
        if (slope == null) {
            return z;
        }
        float[] x = space.scratch(X);
        Arrays.fill(x, 0);
        for (int row = 0; row < in.side(); row++) {
            for (int column = 0; column < in.side(); column++) {
                int at = in.at(row, column);
                for (int i = 0; i < in.channels(); i++) {
                    float value = z[at + i];
                    x[at + i] = value < 0 ? value * slope[ORIGIN + i] : value;
                }
            }
        }
        return x;
    }

    @Override
    public void weightGradient(
            float[] dz,
            float[] z,
            float @Nullable [] slope,
            Workspace space,
            int layer,
            boolean again,
            float @Nullable [] kernel,
            float @Nullable [] bias) {
        keepInside(dz, space.scratch(DZ));
        if (kernel == null || bias == null) {
            return;
        }
        float[] x = activated(z, slope, space);
        for (int row = 0; row < out.side(); row++) {
            for (int column = 0; column < out.side(); column++) {
                int at = out.at(row, column);
                for (int o = 0; o < out.stride(); o++) {
                    bias[ORIGIN + o] += dz[at + o];
                }
                for (int tap = 0; tap < TAPS; tap++) {
                    int from = in.at(row + tap / 3 - 1, column + tap % 3 - 1);
                    for (int i = 0; i < in.channels(); i++) {
                        int to = ORIGIN + (tap * in.stride() + i) * out.stride();
                        float value = x[from + i];
                        for (int o = 0; o < out.stride(); o++) {
                            kernel[to + o] += value * dz[at + o];
                        }
                    }
                }
            }
        }
    }

    /** A copy that is zero around the patch. */
    private void keepInside(float[] dz, float[] kept) {
        Arrays.fill(kept, 0);
        for (int row = 0; row < out.side(); row++) {
            int at = out.at(row, 0);
            System.arraycopy(dz, at, kept, at, out.side() * out.stride());
        }
    }

    @Override
    public void inputGradient(
            float[] prepared,
            float[] z,
            float[] slope,
            float @Nullable [] extra,
            Workspace space,
            float[] slopeGradient,
            float[] dzIn) {
        float[] dz = space.scratch(DZ);
        for (int row = 0; row < in.side(); row++) {
            for (int column = 0; column < in.side(); column++) {
                int at = in.at(row, column);
                for (int i = 0; i < in.channels(); i++) {
                    float dx = extra == null ? 0 : extra[at + i];
                    for (int tap = 0; tap < TAPS; tap++) {
                        int from = out.at(row - tap / 3 + 1, column - tap % 3 + 1);
                        int w = (tap * in.stride() + i) * out.stride();
                        for (int o = 0; o < out.stride(); o++) {
                            dx += dz[from + o] * prepared[w + o];
                        }
                    }
                    float value = z[at + i];
                    slopeGradient[ORIGIN + i] += dx * Math.min(value, 0);
                    dzIn[at + i] = value < 0 ? dx * slope[ORIGIN + i] : dx;
                }
            }
        }
    }
}
