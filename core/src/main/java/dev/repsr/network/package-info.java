/**
 * What a network is: sealed layer records, the tensors that belong to them, and the checks that both fit together.
 * Knows nothing of pictures, files, engines or training.
 */
@NullMarked
package dev.repsr.network;

import org.jspecify.annotations.NullMarked;
