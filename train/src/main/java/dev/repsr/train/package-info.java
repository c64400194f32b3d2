/**
 * Training: configuration, schedule, the run itself, checkpoints, logs. Knows libtorch only through
 * {@link dev.repsr.train.torch}.
 */
@NullMarked
package dev.repsr.train;

import org.jspecify.annotations.NullMarked;
