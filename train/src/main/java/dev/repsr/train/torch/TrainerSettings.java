package dev.repsr.train.torch;

import dev.repsr.block.Block;

/**
 * What a {@link Trainer} must know.
 *
 * @param scale enlargement
 * @param body number of blocks
 * @param block their kind
 * @param epsilon of batch normalisation
 * @param momentum share of the newest batch in the running statistics
 * @param patch side of an LR patch in pixels
 * @param batch patches a step
 * @param beta1 Adam's decay of the mean
 * @param beta2 Adam's decay of the square
 * @param ema decay of the averaged weights a step, 0 for none
 * @param threads of libtorch; the bits of a run depend on it
 */
public record TrainerSettings(
        int scale,
        int body,
        Block block,
        double epsilon,
        double momentum,
        int patch,
        int batch,
        double beta1,
        double beta2,
        double ema,
        int threads) {}
