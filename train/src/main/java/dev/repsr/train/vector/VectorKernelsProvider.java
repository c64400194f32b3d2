package dev.repsr.train.vector;

import dev.repsr.train.step.StepKernels;

/** Found by the service loader where the JVM has the Vector API. */
public final class VectorKernelsProvider implements StepKernels.Provider {

    @Override
    public boolean isFast() {
        return Width.isFast();
    }

    @Override
    public StepKernels kernels() {
        return new VectorKernels(Width.available().getFirst());
    }
}
