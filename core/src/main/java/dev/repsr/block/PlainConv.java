package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Start;
import java.util.List;

/**
 * One 3x3 convolution with bias: the block that is its own merge, for comparison.
 *
 * @param identity whether it starts close to the identity (as QuickSRNet's do) instead of at random
 */
public record PlainConv(int in, int out, boolean identity) implements Block {

    /** Checks the ranges. */
    public PlainConv {
        Block.requirePositive("plain", in, out);
        identity = identity && in == out;
    }

    /** C to C channels, started at random. */
    public PlainConv(int channels) {
        this(channels, channels, false);
    }

    @Override
    public String name() {
        return identity ? "identity" : "plain";
    }

    @Override
    public List<Branch> branches() {
        return List.of(Branch.of(
                new Conv("weight", "bias", in, out, 3, 3, identity ? Start.SMALL_PLUS_IDENTITY : Start.FULL)));
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new PlainConv(newIn, newOut, identity);
    }
}
