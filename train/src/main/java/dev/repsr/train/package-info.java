/** Training: the configuration of a run, its schedules, data, log and validation. Knows nothing of libtorch outside {@code torch}. */
@NullMarked
package dev.repsr.train;

import org.jspecify.annotations.NullMarked;
