package dev.repsr.train.vector;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.train.step.ConvKernels;
import dev.repsr.train.step.MapShape;
import dev.repsr.train.step.Workspace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of feature maps by Winograd's algorithm F(4x4, 3x3), and its gradients by the transpose of the same algorithm, so that
 * the way back uses the transformed input of the way forth: with U = B^T x B and V = A dz A^T, the kernel's gradient is
 * G^T (sum over tiles of U V) G and the input's is B (V W^T) B^T.
 */
final class VectorConv implements ConvKernels {
    static final int TILE = MapShape.TILE;

    /** Frequencies of a tile. */
    static final int POINTS = 36;

    /** Planes of frequencies and lines lie a cache line further apart than they need to: powers of two meet in the same cache sets. */
    private static final int APART = 16;

    /** The products compute up to so many tiles at a time. */
    private static final int TILES_AT_A_TIME = 16;

    private static final int SLACK = 16;
    private static final int TAPS = 9;

    /** Numbers of the workspace's arrays. */
    private static final int V = 0;

    private static final int P = 1;
    private static final int M = 2;
    private static final int LINES = 3;
    private static final int CARRY = 4;
    private static final int NO_BIAS = 5;

    private final MapShape in;
    private final MapShape out;
    private final Transforms inner;
    private final Transforms outer;
    private final Transforms innerWithExtra;
    private final Product forward;
    private final Product backward;
    private final Product weights;
    private final KernelTransforms kernels;
    private final int tiles;
    private final int inPlane;
    private final int outPlane;

    VectorConv(Width width, MapShape in, MapShape out) {
        this.in = in;
        this.out = out;
        int lanes = width.lanes();
        inner = transforms(lanes, in, 0);
        outer = transforms(lanes, out, 0);
        innerWithExtra = transforms(lanes, in, 1);
        tiles = in.tiles() * in.tiles();
        forward = product(lanes, in.stride(), 1, out.stride(), in.channels());
        backward = product(lanes, out.stride(), 1, in.stride(), out.channels());
        weights = product(lanes, 1, in.stride(), out.stride(), tiles);
        kernels = Templates.make(KernelTransforms.class, KernelTransformsTemplate.class, lanes);
        inPlane = plane(tiles, in.stride());
        outPlane = plane(tiles, out.stride());
    }

    private static Transforms transforms(int lanes, MapShape shape, int extra) {
        return Templates.make(Transforms.class, TransformsTemplate.class, lanes, shape.stride(), shape.tiles(), extra);
    }

    private static Product product(int lanes, int aRow, int aStep, int columns, int depth) {
        return Templates.make(
                Product.class, ProductTemplate.class, lanes, aRow, aStep, columns, columns, columns, 0, POINTS, depth);
    }

    /** Tiles of a plane, those that are computed for nothing included. */
    private static int rows(int tiles) {
        return (tiles + TILES_AT_A_TIME - 1) / TILES_AT_A_TIME * TILES_AT_A_TIME;
    }

    static int plane(int tiles, int stride) {
        return rows(tiles) * stride + APART;
    }

    /** Floats from line to line of what the transforms compute between their two passes. */
    static int line(int tilesAlong, int stride) {
        return (TILE * tilesAlong + 2) * stride + APART;
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
        return ORIGIN + POINTS * inPlane + SLACK;
    }

    @Override
    public int[] scratchSizes() {
        int plane = Math.max(inPlane, outPlane);
        int line = line(in.tiles(), Math.max(in.stride(), out.stride()));
        int[] sizes = new int[NO_BIAS + 1];
        sizes[V] = ORIGIN + POINTS * outPlane + SLACK;
        sizes[P] = ORIGIN + POINTS * plane + SLACK;
        sizes[M] = ORIGIN + POINTS * in.stride() * out.stride() + SLACK;
        sizes[LINES] = ORIGIN + 6 * line + SLACK;
        sizes[CARRY] = ORIGIN + 2 * line + SLACK;
        sizes[NO_BIAS] = ORIGIN + out.stride() + SLACK;
        return sizes;
    }

    private int transformed() {
        return POINTS * in.stride() * out.stride();
    }

    /** Both ways' weights, then room for the packed kernel. */
    @Override
    public int preparedSize() {
        return packedAt() + TAPS * in.stride() * out.stride() + SLACK;
    }

    private int packedAt() {
        return ORIGIN + 2 * transformed() + SLACK;
    }

    @Override
    public void prepare(float[] kernel, float[] prepared) {
        int step = in.stride() * out.stride();
        pack(kernel, out.stride(), 1, prepared);
        kernels.forward(prepared, packedAt(), step, prepared, ORIGIN);
        pack(kernel, 1, in.stride(), prepared);
        kernels.forward(prepared, packedAt(), step, prepared, ORIGIN + transformed());
    }

    /** The nine taps one behind the other, padded, of each the weight from channel i to channel o at i * inStep + o * outStep. */
    private void pack(float[] kernel, int inStep, int outStep, float[] prepared) {
        int step = in.stride() * out.stride();
        // What is padding the one way holds weights the other way.
        Arrays.fill(prepared, packedAt(), packedAt() + TAPS * step, 0);
        for (int o = 0; o < out.channels(); o++) {
            for (int i = 0; i < in.channels(); i++) {
                int from = (o * in.channels() + i) * TAPS;
                int to = packedAt() + i * inStep + o * outStep;
                for (int tap = 0; tap < TAPS; tap++) {
                    prepared[to + tap * step] = kernel[from + tap];
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
        float[] u = space.kept(layer);
        float[] p = space.scratch(P);
        inner.input(z, given(slope), space.scratch(LINES), u);
        int step = in.stride() * out.stride();
        forward.run(u, ORIGIN, inPlane, prepared, ORIGIN, step, p, outPlane, rows(tiles));
        outer.output(p, bias, space.scratch(LINES), result);
        out.clearBeyond(result);
    }

    private static float[] given(float @Nullable [] slope) {
        if (slope == null) {
            throw new IllegalArgumentException("a convolution of features has a PReLU before it");
        }
        return slope;
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
        float[] v = space.scratch(V);
        float[] sums = bias == null ? space.scratch(NO_BIAS) : bias;
        outer.gradient(dz, sums, space.scratch(LINES), v);
        if (kernel == null) {
            return;
        }
        float[] u = space.kept(layer);
        if (again) {
            inner.input(z, given(slope), space.scratch(LINES), u);
        }
        float[] m = space.scratch(M);
        int step = in.stride() * out.stride();
        weights.run(u, ORIGIN, inPlane, v, ORIGIN, outPlane, m, step, in.stride());
        kernels.backward(m, step, kernel);
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
        float[] v = space.scratch(V);
        float[] p = space.scratch(P);
        int step = in.stride() * out.stride();
        backward.run(v, ORIGIN, outPlane, prepared, ORIGIN + transformed(), step, p, inPlane, rows(tiles));
        Transforms transforms = extra == null ? inner : innerWithExtra;
        float[] added = extra == null ? dzIn : extra;
        float[] lines = space.scratch(LINES);
        float[] carry = space.scratch(CARRY);
        transforms.inputGradient(p, added, z, slope, slopeGradient, lines, carry, dzIn);
        in.clearBeyond(dzIn);
    }
}
