package dev.repsr.train.data;

/**
 * Which patch is drawn.
 *
 * @param picture index in the training set
 * @param x left edge of the LR patch, as a share of the positions that there are, 0 to less than 1
 * @param y top edge, likewise
 * @param orientation 0..7, see {@link Orientation}
 */
record Sample(int picture, double x, double y, int orientation) {}
