/**
 * A block as the Java training step sees it: one 3x3 kernel and a bias out of all its tensors, and the way back from their
 * gradients. Knows core alone, neither libtorch nor vectors.
 */
@NullMarked
package dev.repsr.train.fold;

import org.jspecify.annotations.NullMarked;
