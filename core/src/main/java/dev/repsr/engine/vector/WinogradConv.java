package dev.repsr.engine.vector;

import dev.repsr.engine.ConvStack.Stage;
import dev.repsr.engine.RowStage;
import dev.repsr.network.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution by Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2016; points 0, 1, -1, 2, -2 and infinity): a tile of 4x4 outputs from 6x6 inputs takes 36 multiplications a
 * pair of channels instead of 144. With B, G and A as there, the outputs of a tile are
 * A^T [sum over input channels (G g G^T) * (B^T d B)] A. A value depends, in its last bits, on the whole tile;
 * tiles begin at column 0, and at the first of the rows that are computed together.
 */
final class WinogradConv implements RowStage {
    /** Rows and columns of a tile, and of what it reads. */
    static final int TILE = ROWS;

    static final int POINTS = TILE + 2;

    private static final double[][] G = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    };

    /** Tiles in a block: as few as the kernels allow, so that what the loops pass on stays in the caches. */
    private static final int BLOCK = Kernels.MAX_PIXELS;

    /** Keeps planes from lying whole multiples of 4 KiB apart, which the processor's store buffer takes for the same. */
    private static final int SPACING = 80;

    private static final int IN_PLANE = BLOCK * Kernels.PRODUCT_STRIDE;

    private static final int ORIGIN = Kernels.ORIGIN;

    private final Kernels kernels;
    private final int inStride;
    private final int outStride;
    private final List<Group> groups;
    private final float[] bias;
    private final float[] slope;

    /**
     * Packs a convolution.
     *
     * @param inStride floats from pixel to pixel of its input, whole vectors, at most {@link Kernels#PRODUCT_STRIDE}
     * @param outStride the same of its output
     * @param shuffle scale of the pixel shuffle that follows
     */
    WinogradConv(Stage stage, int inStride, int outStride, int shuffle, Kernels kernels) {
        this.kernels = kernels;
        this.inStride = inStride;
        this.outStride = outStride;
        Group.Shape shape = new Group.Shape(Kernels.PRODUCT_STRIDE, 0, stage.in(), POINTS * POINTS * stage.in());
        this.groups = Group.plain(stage.out(), shape, shuffle, kernels, channel -> weights(stage, channel));
        this.bias = fromOrigin(stage.bias(), shuffle);
        this.slope = fromOrigin(stage.slope(), shuffle);
    }

    private float[] fromOrigin(Tensor channels, int shuffle) {
        float[] values = Group.shuffled(channels.toArray(), shuffle);
        float[] padded = new float[ORIGIN + outStride];
        System.arraycopy(values, 0, padded, ORIGIN, values.length);
        return padded;
    }

    /** G g G^T of each input channel in double: [6 rows][6 columns][in]. */
    private static float[] weights(Stage stage, int channel) {
        Tensor weight = stage.weight();
        float[] transformed = new float[POINTS * POINTS * stage.in()];
        for (int c = 0; c < stage.in(); c++) {
            int kernel = (channel * stage.in() + c) * 9;
            for (int k = 0; k < POINTS; k++) {
                for (int f = 0; f < POINTS; f++) {
                    double sum = 0;
                    for (int tap = 0; tap < 9; tap++) {
                        sum += G[k][tap / 3] * weight.get(kernel + tap) * G[f][tap % 3];
                    }
                    transformed[(k * POINTS + f) * stage.in() + c] = (float) sum;
                }
            }
        }
        return transformed;
    }

    @Override
    public long weightBytes() {
        return Group.weightBytes(groups);
    }

    @Override
    public long outFloats(int width) {
        return VectorNetwork.rowFloats(kernels, width, outStride);
    }

    /** The block transformed down its columns, one row of frequencies before and after the products, and transformed back. */
    @Override
    public long[] scratchFloats(int width) {
        long vector = ORIGIN + (long) kernels.lanes() * Kernels.MAX_VECTORS;
        return new long[] {
            (long) POINTS * columnFloats() + vector,
            (long) POINTS * IN_PLANE + vector,
            (long) POINTS * (BLOCK * outStride + SPACING) + vector,
            (long) POINTS * TILE * (BLOCK * outStride + SPACING) + vector
        };
    }

    private int columnFloats() {
        return (TILE * BLOCK + 2) * inStride + SPACING;
    }

    @Override
    public void copy(float[] from, int first, int width, float[] to, int at, int toWidth, int columns) {
        VectorNetwork.copy(from, first, to, at, columns, outStride);
    }

    @Override
    public void compute(float[][] in, float[][] out, int first, int end, int width, float[][] scratch) {
        int endTile = Math.ceilDiv(end, TILE);
        for (int tile = first / TILE; tile < endTile; tile += BLOCK) {
            block(in, out, tile, Math.min(BLOCK, endTile - tile), scratch);
        }
        if (end == width) {
            for (float[] row : out) {
                Arrays.fill(row, ORIGIN + (width + 1) * outStride, row.length, 0);
            }
        }
    }

    private void block(float[][] in, float[][] out, int first, int tiles, float[][] scratch) {
        float[] columns = scratch[0];
        float[] frequencies = scratch[1];
        float[] products = scratch[2];
        float[] half = scratch[3];
        int plane = columnFloats();
        int outPlane = BLOCK * outStride + SPACING;
        int floats = (TILE * tiles + 2) * inStride;
        kernels.transformColumns(in, ORIGIN + TILE * first * inStride, floats, columns, ORIGIN, plane);
        for (int k = 0; k < POINTS; k++) {
            for (int c = 0; c < inStride; c += kernels.lanes()) {
                int at = ORIGIN + k * plane + c;
                kernels.transformRows(columns, at, inStride, tiles, frequencies, ORIGIN + c, IN_PLANE);
            }
            for (Group group : groups) {
                int w = ORIGIN + k * POINTS * group.taps * group.outStride;
                int to = ORIGIN + tiles * group.channel;
                kernels.products(group, frequencies, ORIGIN, IN_PLANE, tiles, w, products, to, outPlane);
            }
            int to = ORIGIN + k * TILE * outPlane;
            kernels.untransformRows(products, ORIGIN, outPlane, tiles * outStride, half, to);
        }
        for (int x = 0; x < TILE; x++) {
            int at = ORIGIN + x * outPlane;
            int to = ORIGIN + (TILE * first + x + 1) * outStride;
            for (Group group : groups) {
                untransform(group, half, at + tiles * group.channel, TILE * outPlane, tiles, out, to);
            }
        }
    }

    private void untransform(Group group, float[] in, int at, int plane, int tiles, float[][] out, int to) {
        int step = group.outStride;
        for (int v = 0; v < step; v += kernels.lanes()) {
            int c = group.channel + v;
            kernels.untransformColumns(in, at + v, step, plane, tiles, bias, slope, c, out, to + c, outStride);
        }
    }
}
