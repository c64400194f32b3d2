package dev.repsr.train.vector;

/** Winograd's transforms of the kernels of F(4x4, 3x3); nine taps or 36 frequencies of {@code step} floats each. */
interface KernelTransforms {

    /** G kernel G^T, from index {@code at} to index {@code to} on. */
    void forward(float[] kernel, int at, int step, float[] transformed, int to);

    /** kernel += G^T transformed G, both from ORIGIN on. */
    void backward(float[] transformed, int step, float[] kernel);
}
