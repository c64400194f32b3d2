package dev.repsr.train.engine;

/** What computes the steps. */
public enum Device {
    /** The processor. */
    CPU,
    /** The first graphics processor that CUDA shows to this process. */
    CUDA
}
