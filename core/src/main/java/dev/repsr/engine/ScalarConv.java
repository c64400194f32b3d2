package dev.repsr.engine;

import dev.repsr.engine.ConvStack.Stage;
import java.util.Arrays;

/**
 * out[o][y][x] = prelu(bias[o] + sum over i, ky, kx of weight[o][i][ky][kx] * in[i][y + ky - 1][x + kx - 1]).
 *
 * <p>The nine shifted rows of an input channel are copied to arrays of their own first: the JIT compiler vectorises a loop
 * over arrays that are all read at the index that is written, and no other.
 */
final class ScalarConv implements RowStage {
    private static final int TAPS = 9;

    private final Stage stage;

    /** [out, in, 3, 3]. */
    private final float[] weight;

    ScalarConv(Stage stage) {
        this.stage = stage;
        this.weight = stage.weight().toArray();
    }

    @Override
    public long weightBytes() {
        return (long) Float.BYTES * weight.length;
    }

    @Override
    public long outFloats(int width) {
        return ScalarNetwork.rowFloats(stage.out(), width);
    }

    /** The shifted rows, and a sum for each output channel. */
    @Override
    public long[] scratchFloats(int width) {
        long[] rows = new long[TAPS + stage.out()];
        Arrays.fill(rows, width);
        return rows;
    }

    @Override
    public void compute(float[][] in, float[][] out, int first, int end, int width, float[][] scratch) {
        int columns = end - first;
        for (int row = 0; row < ROWS; row++) {
            for (int o = 0; o < stage.out(); o++) {
                Arrays.fill(scratch[TAPS + o], 0, columns, stage.bias().get(o));
            }
            for (int i = 0; i < stage.in(); i++) {
                for (int tap = 0; tap < TAPS; tap++) {
                    int from = ScalarNetwork.plane(i, width) + first + tap % 3 - 1;
                    System.arraycopy(in[row + tap / 3], from, scratch[tap], 0, columns);
                }
                for (int o = 0; o < stage.out(); o++) {
                    addTaps(scratch[TAPS + o], scratch, (o * stage.in() + i) * TAPS, columns);
                }
            }
            for (int o = 0; o < stage.out(); o++) {
                float slope = stage.slope().get(o);
                int to = ScalarNetwork.plane(o, width) + first;
                for (int x = 0; x < columns; x++) {
                    float sum = scratch[TAPS + o][x];
                    out[row][to + x] = sum < 0 ? slope * sum : sum;
                }
            }
        }
    }

    @Override
    public void copy(float[] from, int first, int width, float[] to, int at, int toWidth, int columns) {
        for (int o = 0; o < stage.out(); o++) {
            int source = ScalarNetwork.plane(o, width) + first;
            System.arraycopy(from, source, to, ScalarNetwork.plane(o, toWidth) + at, columns);
        }
    }

    private void addTaps(float[] sum, float[][] taps, int at, int width) {
        float[] topLeft = taps[0];
        float[] top = taps[1];
        float[] topRight = taps[2];
        float[] left = taps[3];
        float[] middle = taps[4];
        float[] right = taps[5];
        float[] bottomLeft = taps[6];
        float[] bottom = taps[7];
        float[] bottomRight = taps[8];
        float w0 = weight[at];
        float w1 = weight[at + 1];
        float w2 = weight[at + 2];
        float w3 = weight[at + 3];
        float w4 = weight[at + 4];
        float w5 = weight[at + 5];
        float w6 = weight[at + 6];
        float w7 = weight[at + 7];
        float w8 = weight[at + 8];
        for (int x = 0; x < width; x++) {
            sum[x] += w0 * topLeft[x]
                    + w1 * top[x]
                    + w2 * topRight[x]
                    + w3 * left[x]
                    + w4 * middle[x]
                    + w5 * right[x]
                    + w6 * bottomLeft[x]
                    + w7 * bottom[x]
                    + w8 * bottomRight[x];
        }
    }
}
