package dev.repsr.block;

import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Start;
import dev.repsr.block.Step.Stencil;
import java.util.ArrayList;
import java.util.List;

/**
 * The diverse branch block (Ding et al., CVPR 2021), "DBB": BN(K3 * x) + BN(K1 * x) + BN(mean of BN(K1' * x)) +
 * BN(K3' * BN(K1'' * x)); K1'' starts as the identity. The maps inside are padded with what normalisation makes of zero.
 *
 * @param normalised with batch normalisation, else with biases
 */
public record DiverseBlock(int in, int out, boolean normalised) implements Block {

    /** Checks the ranges. */
    public DiverseBlock {
        Block.requirePositive("DBB", in, out);
    }

    @Override
    public String name() {
        return "dbb";
    }

    @Override
    public List<Branch> branches() {
        List<Step> average = new ArrayList<>(ConvNorm.of(normalised, "average.k1", in, out, 1, 1, Start.FULL));
        average.add(new Stencil("average", out, Mask.MEAN));
        if (normalised) {
            average.add(new Norm("average.bn", out));
        }
        List<Step> chain = new ArrayList<>(ConvNorm.of(normalised, "chain.k1", in, in, 1, 1, Start.IDENTITY));
        chain.addAll(ConvNorm.of(normalised, "chain.k3", in, out, 3, 3, Start.FULL));
        return List.of(
                new Branch(ConvNorm.of(normalised, "k3", in, out, 3, 3, Start.FULL)),
                new Branch(ConvNorm.of(normalised, "k1", in, out, 1, 1, Start.FULL)),
                new Branch(average),
                new Branch(chain));
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new DiverseBlock(newIn, newOut, normalised);
    }
}
