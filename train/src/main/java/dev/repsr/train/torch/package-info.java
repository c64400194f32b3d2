/**
 * Training on libtorch: the only package that sees org.bytedeco. Its public types take and give plain arrays and
 * {@link dev.repsr.network.Weights}.
 */
@NullMarked
package dev.repsr.train.torch;

import org.jspecify.annotations.NullMarked;
