package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Start;
import java.util.List;

/**
 * SPAN's Conv3XC (Wan et al., 2023): a 1x1 convolution beside a chain 1x1, 3x3, 1x1 that is {@code expand} times as wide inside,
 * all with biases. The input is padded with zeros and the 3x3 takes the border off again.
 */
public record Conv3Xc(int in, int out, int expand) implements Block {

    /** Checks the ranges. */
    public Conv3Xc {
        Block.requirePositive("Conv3XC", in, out, expand);
    }

    @Override
    public String name() {
        return "conv3xc";
    }

    @Override
    public List<Branch> branches() {
        return List.of(
                Branch.of(Conv.square(1, "skip.k1", true, in, out, Start.FULL)),
                Branch.of(
                        Conv.square(1, "wide.k1", true, in, expand * in, Start.FULL),
                        Conv.square(3, "k3", true, expand * in, expand * out, Start.FULL),
                        Conv.square(1, "narrow.k1", true, expand * out, out, Start.FULL)));
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new Conv3Xc(newIn, newOut, expand);
    }
}
