package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Start;
import dev.repsr.block.Step.Stencil;
import java.util.ArrayList;
import java.util.List;

/**
 * The edge-oriented convolution block of ECBSR (Zhang et al., ACM MM 2021), "ECB": a 3x3 convolution, a 1x1 to {@code expand}
 * times the output channels with a 3x3 behind it, and 1x1 convolutions with a scaled Sobel filter along rows, one along columns
 * and a Laplacian behind them. All with biases, none normalised; what a 1x1 makes is padded with its bias.
 *
 * @param residual whether the identity is added too, where input and output are alike; ECBSR as published does not
 */
public record EdgeBlock(int in, int out, int expand, boolean residual) implements Block {

    /** Checks the ranges. */
    public EdgeBlock {
        Block.requirePositive("ECB", in, out, expand);
        residual = residual && in == out;
    }

    @Override
    public String name() {
        return "ecb";
    }

    @Override
    public List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        if (residual) {
            branches.add(Branch.IDENTITY);
        }
        branches.add(Branch.of(Conv.square(3, "k3", true, in, out, Start.FULL)));
        branches.add(Branch.of(
                Conv.square(1, "chain.k1", true, in, expand * out, Start.FULL),
                Conv.square(3, "chain.k3", true, expand * out, out, Start.FULL)));
        branches.add(edge("sobel_x", Mask.SOBEL_X));
        branches.add(edge("sobel_y", Mask.SOBEL_Y));
        branches.add(edge("laplacian", Mask.LAPLACIAN));
        return branches;
    }

    private Branch edge(String name, Mask mask) {
        return Branch.of(
                Conv.square(1, name + ".k1", true, in, out, Start.FULL), new Stencil(name + ".edge", out, mask));
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new EdgeBlock(newIn, newOut, expand, residual);
    }
}
