package dev.repsr.train.torch;

import dev.repsr.block.Topology;

/**
 * What a {@link Trainer} must know.
 *
 * @param topology of the network
 * @param epsilon of batch normalisation
 * @param momentum share of the newest batch in the running statistics
 * @param form of the blocks where no batch statistics are used
 * @param precision of the convolutions
 * @param patch side of an LR patch in pixels
 * @param batch patches of one batch in this process
 * @param update how gradients change weights
 * @param ema decay of the averaged weights a step, 0 for none
 * @param threads of libtorch; the bits of a run depend on it
 * @param device that the steps are computed on
 */
public record TrainerSettings(
        Topology topology,
        double epsilon,
        double momentum,
        Form form,
        Precision precision,
        int patch,
        int batch,
        Update update,
        double ema,
        int threads,
        Device device) {}
