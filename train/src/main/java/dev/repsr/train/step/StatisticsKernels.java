package dev.repsr.train.step;

import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchLayout;

/**
 * What batch statistics need of a block's input x = max(z, 0) + slope min(z, 0): the sums from which mean and covariance of its
 * 3x3 patches follow, and the way back from them. Arrays begin at {@link MapShape#ORIGIN}.
 */
public interface StatisticsKernels {

    /** How x lies: as z, with a border of two. */
    MapShape activated();

    /** How finished sums and the maps of the way back lie. */
    PatchLayout layout();

    /** Length of the sums of one group of samples. */
    int sumsSize();

    /** Lengths of the arrays that a thread computes in. */
    int[] scratchSizes();

    /** Writes x, whose border is left as it is, and adds its sums to a group's. */
    void add(float[] z, float[] slope, float[] x, float[][] scratch, float[] sums);

    /**
     * From the sums of all groups to those that {@link #layout} describes.
     *
     * @param patchSums is filled
     */
    void finish(float[] sums, float[] patchSums);

    /** Length of the array that {@link #prepare} fills. */
    int preparedSize();

    /** What {@link #gradient} needs of the way back. */
    void prepare(InputGradient back, float[] prepared);

    /**
     * The gradient of x.
     *
     * @param gradient is filled, laid out as z
     */
    void gradient(InputGradient back, float[] prepared, float[] x, float[][] scratch, float[] gradient);
}
