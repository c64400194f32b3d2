package dev.repsr.train.data;

import dev.repsr.image.Picture;

/**
 * A picture of the training data that is measured, not trained on.
 *
 * @param name file name without ending
 * @param hr the original, RGB of 8 bits, sides multiples of the scale
 * @param lr smaller by the scale, made as the training's patches are
 */
public record HeldOutPicture(String name, Picture hr, Picture lr) {}
