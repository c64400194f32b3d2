package dev.repsr.train.data;

/**
 * One batch, lent until the next is asked for.
 *
 * @param lr [N, 3, patch, patch] in 0..1
 * @param hr [N, 3, patch * scale, patch * scale] in 0..1
 */
public record Batch(float[] lr, float[] hr) {}
