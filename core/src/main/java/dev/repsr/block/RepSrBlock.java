package dev.repsr.block;

import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * The block of the RepSR paper (figure 2) and its variants. The paper's: y = x + sum over two paths of K1 * BN(K3 * x) + b1, where
 * K3 is a zero-padded 3x3 convolution of C to 2 C channels without bias (batch normalisation would cancel it) and K1 a 1x1
 * convolution back to C channels. The residual path is clean: neither convolution nor normalisation.
 *
 * @param expand width of a path in units of the output channels, 2 in the paper; {@link PathSequence#SPATIAL} has no width
 * @param paths number of expand-and-squeeze paths, 2 in the paper
 * @param sequence of the convolutions in a path
 * @param residual whether there is the clean residual path; only where input and output channels are alike
 * @param normalised with batch normalisation, else the convolution before it has a bias
 */
public record RepSrBlock(
        int in, int out, int expand, int paths, PathSequence sequence, boolean residual, boolean normalised)
        implements Block {

    private static final float SMALL_GAMMA = 0.1f;

    /** Checks the ranges. */
    public RepSrBlock {
        Block.requirePositive("RepSR", in, out, expand, paths);
        residual = residual && in == out;
    }

    /** The paper's block. */
    public RepSrBlock(int channels) {
        this(channels, 2, 2);
    }

    /** The paper's block with paths of another width or number. */
    public RepSrBlock(int channels, int expand, int paths) {
        this(channels, channels, expand, paths, PathSequence.SPATIAL_POINTWISE, true, true);
    }

    @Override
    public String name() {
        return "repsr";
    }

    /** Channels inside a path. */
    public int expanded() {
        return out * expand;
    }

    /** Names of one path's tensors start with this. */
    public static String path(int index) {
        return "path." + index + ".";
    }

    @Override
    public List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        if (residual) {
            branches.add(Branch.IDENTITY);
        }
        for (int p = 0; p < paths; p++) {
            branches.add(new Branch(steps(path(p))));
        }
        return branches;
    }

    private List<Step> steps(String path) {
        int wide = expanded();
        List<Step> steps = new ArrayList<>();
        switch (sequence) {
            case SPATIAL_POINTWISE -> {
                addNormalised(steps, path, Conv.square(3, path + "k3", !normalised, in, wide, Start.FULL));
                steps.add(Conv.square(1, path + "k1", true, wide, out, Start.SMALL));
            }
            case POINTWISE_SPATIAL -> {
                addNormalised(steps, path, Conv.square(1, path + "k1", !normalised, in, wide, Start.FULL));
                steps.add(Conv.square(3, path + "k3", true, wide, out, Start.SMALL));
            }
            case POINTWISE_SPATIAL_POINTWISE -> {
                steps.add(Conv.square(1, path + "wide.k1", false, in, wide, Start.FULL));
                addNormalised(steps, path, Conv.square(3, path + "k3", !normalised, wide, wide, Start.FULL));
                steps.add(Conv.square(1, path + "k1", true, wide, out, Start.SMALL));
            }
            case SPATIAL ->
                // Normalisation would undo a small start of the convolution, so it has the small start itself.
                addNormalised(
                        steps,
                        path,
                        Conv.square(3, path + "k3", !normalised, in, out, normalised ? Start.FULL : Start.SMALL),
                        SMALL_GAMMA);
        }
        return steps;
    }

    private void addNormalised(List<Step> steps, String path, Conv conv) {
        addNormalised(steps, path, conv, 1);
    }

    private void addNormalised(List<Step> steps, String path, Conv conv, float gamma) {
        steps.add(conv);
        if (normalised) {
            steps.add(new Norm(path + "bn", conv.out(), gamma));
        }
    }

    @Override
    public Block between(int newIn, int newOut) {
        return new RepSrBlock(newIn, newOut, expand, paths, sequence, residual, normalised);
    }
}
