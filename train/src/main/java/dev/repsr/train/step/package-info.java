/**
 * Training steps in plain Java: the merged network forth and back, sample by sample, its optimisers, and the trainer around them.
 * How a convolution is computed is behind {@link dev.repsr.train.step.StepKernels}: in vectors, or scalar for reading.
 */
@NullMarked
package dev.repsr.train.step;

import org.jspecify.annotations.NullMarked;
