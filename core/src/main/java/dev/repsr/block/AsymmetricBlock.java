package dev.repsr.block;

import dev.repsr.block.Step.Start;
import java.util.List;

/**
 * ACNet's block (Ding et al., ICCV 2019): BN(K3x3 * x) + BN(K3x1 * x) + BN(K1x3 * x), "ACB".
 *
 * @param normalised with batch normalisation, else with biases
 */
public record AsymmetricBlock(int in, int out, boolean normalised) implements Block {

    /** Checks the ranges. */
    public AsymmetricBlock {
        Block.requirePositive("ACB", in, out);
    }

    @Override
    public String name() {
        return "acb";
    }

    @Override
    public List<Branch> branches() {
        return List.of(
                new Branch(ConvNorm.of(normalised, "square", in, out, 3, 3, Start.FULL)),
                new Branch(ConvNorm.of(normalised, "column", in, out, 3, 1, Start.FULL)),
                new Branch(ConvNorm.of(normalised, "row", in, out, 1, 3, Start.FULL)));
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new AsymmetricBlock(newIn, newOut, normalised);
    }
}
