/** What training adds to a network: blocks of several branches with batch normalisation, and their exact merge into one 3x3 convolution in double arithmetic. Knows nothing of libtorch. */
@NullMarked
package dev.repsr.block;

import org.jspecify.annotations.NullMarked;
