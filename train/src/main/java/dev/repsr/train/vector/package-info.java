/** Kernels of training steps on the Vector API: the only package of train that sees jdk.incubator.vector. */
@NullMarked
package dev.repsr.train.vector;

import org.jspecify.annotations.NullMarked;
