package dev.repsr.train.step;

import org.jspecify.annotations.Nullable;

/**
 * One 3x3 convolution with zero padding, forth and back, of one sample. It reads the map before the PReLU and applies that
 * itself: x = max(z, 0) + slope min(z, 0). Arrays begin at {@link MapShape#ORIGIN} unless it is said otherwise, and channels are
 * padded to the strides of the maps.
 *
 * <p>Immutable, one for all threads; what a thread writes to is in its {@link Workspace}.
 */
public interface ConvKernels {

    /** What it reads. */
    MapShape in();

    /** What it makes. */
    MapShape out();

    /** Floats of a sample that {@link #forward} keeps for the way back, 0 if nothing. */
    int keptSize();

    /** Length of each array that it computes in. */
    int[] scratchSizes();

    /** Length of the array that {@link #prepare} fills. */
    int preparedSize();

    /**
     * What a step needs of the weights.
     *
     * @param kernel [out, in, 3, 3], from index 0 on
     */
    void prepare(float[] kernel, float[] prepared);

    /**
     * The convolution; the map is zero beyond the patch, and its border is left as it is.
     *
     * @param bias padded
     * @param slope of the PReLU before it, padded, null for none
     */
    void forward(
            float[] prepared,
            float[] bias,
            float[] z,
            float @Nullable [] slope,
            Workspace space,
            int layer,
            float[] out);

    /**
     * Adds the gradients of kernel and bias, and leaves the gradient of the output in the workspace for {@link #inputGradient}.
     *
     * @param dz gradient of the output; zero beyond the patch
     * @param again whether what {@link #forward} kept is gone
     * @param kernel [9, in, out] as the strides are, or null if only the workspace is wanted
     */
    void weightGradient(
            float[] dz,
            float[] z,
            float @Nullable [] slope,
            Workspace space,
            int layer,
            boolean again,
            float @Nullable [] kernel,
            float @Nullable [] bias);

    /**
     * The gradient of the input before its PReLU, right after {@link #weightGradient}; zero beyond the patch.
     *
     * @param extra gradient of the input after its PReLU that comes from elsewhere, laid out as the input, or null
     * @param slopeGradient what is added to, padded
     */
    void inputGradient(
            float[] prepared,
            float[] z,
            float[] slope,
            float @Nullable [] extra,
            Workspace space,
            float[] slopeGradient,
            float[] dzIn);
}
