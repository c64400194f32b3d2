package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * The branches of another block on top of a 3x3 convolution with bias, the base. A network that is merged already can go on
 * training this way: its kernels become the bases, and branches whose last steps are zero add nothing yet. (The second stage of
 * MobileIE, Yan et al., ICCV 2025, does likewise with a fixed base.) A clean residual path is left out, for the base
 * holds what it would add.
 *
 * @param top whose branches these are; neither a plain convolution nor another based block
 */
public record BasedBlock(Block top) implements Block {

    /** Name of the base's kernel. */
    public static final String BASE_WEIGHT = "base.weight";

    /** Name of the base's bias. */
    public static final String BASE_BIAS = "base.bias";

    /** Checks that it is a block that can have a base. */
    public BasedBlock {
        if (top instanceof PlainConv || top instanceof BasedBlock) {
            throw new IllegalArgumentException("a block " + top.name() + " needs no base");
        }
    }

    @Override
    public int in() {
        return top.in();
    }

    @Override
    public int out() {
        return top.out();
    }

    @Override
    public String name() {
        return top.name();
    }

    @Override
    public List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        branches.add(Branch.of(new Conv(BASE_WEIGHT, BASE_BIAS, in(), out(), 3, 3, Start.FULL)));
        top.branches().stream()
                .filter(branch -> !branch.equals(Branch.IDENTITY))
                .forEach(branches::add);
        return branches;
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new BasedBlock(top.between(newIn, newOut));
    }
}
