package dev.repsr.block;

import java.util.List;

/**
 * A chain of linear steps; without any it is the identity.
 *
 * <p>A branch works on the block's input with a ring of one zero pixel around it. Its pointwise steps go over the ring too, its
 * one spatial step uses the ring up, and of a branch without one the ring is cut off. So a branch is one 3x3 convolution with
 * zero padding, borders included, in whatever order its steps stand: where a biased 1x1 convolution or a normalisation comes
 * first, the spatial step meets its bias at the border, which is how ECBSR, DBB and SPAN pad.
 */
public record Branch(List<Step> steps) {

    /** The clean residual path. */
    public static final Branch IDENTITY = new Branch(List.of());

    /** Checks that channels compose and that at most one step is spatial. */
    public Branch {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).in() != steps.get(i - 1).out()) {
                throw new IllegalArgumentException(steps.get(i) + " after " + steps.get(i - 1));
            }
        }
        if (steps.stream().filter(Step::spatial).count() > 1) {
            throw new IllegalArgumentException("more than one spatial step in " + steps);
        }
    }

    static Branch of(Step... steps) {
        return new Branch(List.of(steps));
    }

    /** Index of the spatial step, or the number of steps if none is. */
    public int spatialAt() {
        int index = 0;
        while (index < steps.size() && !steps.get(index).spatial()) {
            index++;
        }
        return index;
    }
}
