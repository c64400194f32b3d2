package dev.repsr.block;

import java.util.SequencedMap;

/**
 * What stands in the place of one inner convolution (C to C channels) while a network is trained.
 *
 * <p>A block holds topology only; its tensors live in {@link dev.repsr.network.Weights} under a prefix.
 */
public sealed interface Block permits PlainConv, RepSrBlock {

    /** C, the number of input and output channels. */
    int channels();

    /** Name in configurations and checkpoints. */
    String name();

    /** Shape of each tensor by its name behind the prefix, in a fixed order. */
    SequencedMap<String, int[]> tensors();
}
