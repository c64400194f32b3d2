/**
 * Merging with a receipt: reads the training form out of a checkpoint, folds it, and proves on real patches that the plain
 * network is the same function. Needs no libtorch.
 */
@NullMarked
package dev.repsr.merge;

import org.jspecify.annotations.NullMarked;
