package dev.repsr.train.planted;

import org.bytedeco.pytorch.Tensor;

/** Knows libtorch outside its package. */
record UsesTorch(Tensor tensor) {}
