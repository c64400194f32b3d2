/** Training data: pictures in memory, the order in which patches are drawn, batches prepared ahead of the training. */
@NullMarked
package dev.repsr.train.data;

import org.jspecify.annotations.NullMarked;
