package dev.repsr.block;

import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * RepVGG's block (Ding et al., CVPR 2021): BN(K3 * x) + BN(K1 * x) + BN(x), the last where input and output are alike.
 *
 * @param normalised with batch normalisation, else with biases
 */
public record RepVggBlock(int in, int out, boolean normalised) implements Block {

    /** Checks the ranges. */
    public RepVggBlock {
        Block.requirePositive("RepVGG", in, out);
    }

    @Override
    public String name() {
        return "repvgg";
    }

    @Override
    public List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        branches.add(new Branch(ConvNorm.of(normalised, "k3", in, out, 3, 3, Start.FULL)));
        branches.add(new Branch(ConvNorm.of(normalised, "k1", in, out, 1, 1, Start.FULL)));
        if (in == out) {
            branches.add(normalised ? Branch.of(new Norm("identity.bn", out)) : Branch.IDENTITY);
        }
        return branches;
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new RepVggBlock(newIn, newOut, normalised);
    }
}
