package dev.repsr.train.step;

import static dev.repsr.train.step.MapShape.ORIGIN;

import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchLayout;
import dev.repsr.train.fold.PatchSums;
import dev.repsr.train.fold.Pixels;
import java.util.Arrays;

/** Batch statistics as their definitions say. */
record ScalarStatistics(MapShape z) implements StatisticsKernels {

    @Override
    public MapShape activated() {
        return z.withBorder(2);
    }

    @Override
    public PatchLayout layout() {
        return new PatchLayout(z.channels(), z.stride(), ORIGIN);
    }

    @Override
    public int sumsSize() {
        return layout().sums();
    }

    @Override
    public int[] scratchSizes() {
        return new int[0];
    }

    private static Pixels pixels(float[] map, MapShape shape) {
        return new Pixels(map, shape.at(0, 0), shape.row(), shape.stride(), shape.side(), shape.side());
    }

    @Override
    public void add(float[] from, float[] slope, float[] to, float[][] scratch, float[] sums) {
        MapShape x = activated();
        for (int row = 0; row < z.side(); row++) {
            for (int column = 0; column < z.side(); column++) {
                for (int i = 0; i < z.channels(); i++) {
                    float value = from[z.at(row, column) + i];
                    to[x.at(row, column) + i] = value < 0 ? value * slope[ORIGIN + i] : value;
                }
            }
        }
        PatchSums.add(layout(), pixels(to, x), sums);
    }

    @Override
    public void finish(float[] sums, float[] patchSums) {
        System.arraycopy(sums, 0, patchSums, 0, sums.length);
    }

    @Override
    public int preparedSize() {
        return 0;
    }

    @Override
    public void prepare(InputGradient back, float[] prepared) {}

    @Override
    public void gradient(InputGradient back, float[] prepared, float[] x, float[][] scratch, float[] gradient) {
        Arrays.fill(gradient, 0);
        back.addTo(pixels(gradient, z), pixels(x, activated()));
    }
}
