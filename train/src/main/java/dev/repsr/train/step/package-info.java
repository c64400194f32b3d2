/** How the Java engine's steps change weights: the optimisers of {@link dev.repsr.train.engine.Update} over flat arrays. */
@NullMarked
package dev.repsr.train.step;

import org.jspecify.annotations.NullMarked;
