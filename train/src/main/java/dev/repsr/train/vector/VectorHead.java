package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.train.step.ConvKernels;
import dev.repsr.train.step.MapShape;
import dev.repsr.train.step.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of the picture itself, direct: the three taps of a row are nine floats that lie together, so it is a product of
 * matrices for each row. It has no gradient of its input.
 */
final class VectorHead implements ConvKernels {
    private static final int RGB = 3;
    private static final int TAPS_OF_A_ROW = 3 * RGB;

    private static final int BIASES = 0;

    private final MapShape in;
    private final MapShape out;
    private final int lanes;
    private final Product forward;
    private final Product weights;
    private final PixelRow pixels;

    VectorHead(Width width, MapShape in, MapShape out) {
        if (in.channels() != RGB || in.stride() != RGB) {
            throw new IllegalArgumentException("a picture has three floats a pixel, not " + in);
        }
        this.in = in;
        this.out = out;
        int c = out.stride();
        lanes = width.lanes();
        forward = Templates.make(Product.class, ProductTemplate.class, lanes, RGB, 1, c, c, c, 1, 0, 0);
        weights = Templates.make(Product.class, ProductTemplate.class, lanes, 1, RGB, c, c, lanes, 1, 0, 0);
        pixels = Templates.make(PixelRow.class, PixelRowTemplate.class, width.lanes(), c);
    }

    @Override
    public MapShape in() {
        return in;
    }

    @Override
    public MapShape out() {
        return out;
    }

    @Override
    public int keptSize() {
        return 0;
    }

    @Override
    public int[] scratchSizes() {
        return new int[] {out.row()};
    }

    @Override
    public int preparedSize() {
        return 3 * TAPS_OF_A_ROW * out.stride();
    }

    /** [row, column, colour, out], as the floats of a row lie. */
    @Override
    public void prepare(float[] kernel, float[] prepared) {
        for (int o = 0; o < out.channels(); o++) {
            for (int i = 0; i < RGB; i++) {
                for (int tap = 0; tap < 9; tap++) {
                    prepared[(tap * RGB + i) * out.stride() + o] = kernel[(o * RGB + i) * 9 + tap];
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
        int c = out.stride();
        int count = MapShape.TILE * in.tiles();
        float[] row = space.scratch(BIASES);
        for (int x = 0; x < count; x++) {
            System.arraycopy(bias, ORIGIN, row, x * c, c);
        }
        for (int y = 0; y < in.side(); y++) {
            int to = out.at(y, 0);
            System.arraycopy(row, 0, result, to, count * c);
            for (int k = 0; k < 3; k++) {
                int from = in.at(y + k - 1, -1);
                forward.run(z, from, prepared, k * TAPS_OF_A_ROW * c, result, to, count, TAPS_OF_A_ROW);
            }
        }
        out.clearBeyond(result);
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
        if (kernel == null || bias == null) {
            throw new IllegalArgumentException("a head has no use for anything but its weights' gradients");
        }
        int c = out.stride();
        // Both maps are as wide, and dz is zero left and right of the patch: one product over all its rows.
        int last = in.side() - 1;
        int count = last * in.width() + in.side();
        for (int k = 0; k < 3; k++) {
            int to = ORIGIN + k * TAPS_OF_A_ROW * c;
            for (int o = 0; o < c; o += lanes) {
                weights.run(z, in.at(k - 1, -1), dz, out.at(0, 0) + o, kernel, to + o, TAPS_OF_A_ROW, count);
            }
        }
        pixels.sum(dz, out.at(0, 0), c, count, bias, ORIGIN);
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
        throw new IllegalArgumentException("nothing is asked of a picture's gradient");
    }
}
