package dev.repsr.train.fold;

import dev.repsr.block.Block;
import dev.repsr.block.Branch;
import dev.repsr.block.Step;
import dev.repsr.block.Step.Conv;
import dev.repsr.block.Step.Norm;
import dev.repsr.block.Step.Stencil;
import dev.repsr.block.Topology.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block folded into one 3x3 convolution in float, as {@link dev.repsr.block.BlockMerge} does it in double, and the way back:
 * from the gradients of that convolution's kernel and bias to those of all the block's parameters. What the way back needs of the
 * fold stays here, so one thread at a time, and a fold before each unfold.
 *
 * <p>Normalisation takes the statistics of the population, or those of the batch at hand. The second needs no map either: what is
 * normalised is linear in the 3x3 patches of the block's input, whose mean and covariance ({@link PatchMoments}) give all means and
 * variances.
 *
 * <p>Kernels are [out, in, 3, 3].
 */
public final class BlockFold {
    private final Place place;
    private final FlatLayout parameterLayout;
    private final FlatLayout statisticLayout;
    private final Matrices matrices;
    private final NormStatistics norms;
    private final Optional<String> refusal;

    /** Before any norm, in order; then the norms and all behind them. */
    private final List<Stage> early = new ArrayList<>();

    private final List<Stage> late = new ArrayList<>();

    /** What the branches come to, none with a scale. */
    private final List<AffineMap> maps = new ArrayList<>();

    private @Nullable PatchMoments moments;

    /**
     * A fold of one block of a network.
     *
     * @param place the block, and what the names of its tensors start with
     * @param parameters where those of the whole network lie
     * @param statistics where running means and variances lie
     * @param epsilon of batch normalisation
     */
    public BlockFold(Place place, FlatLayout parameters, FlatLayout statistics, double epsilon, Matrices matrices) {
        this.place = place;
        parameterLayout = parameters;
        statisticLayout = statistics;
        this.matrices = matrices;
        norms = new NormStatistics(epsilon, matrices);
        refusal = batchRefusal(place.block());
        for (Branch branch : place.block().branches()) {
            maps.add(stages(branch));
        }
    }

    /**
     * Why a block cannot be trained with the statistics of a batch here, if it cannot. Where a norm stands before a spatial step,
     * its ring of border pixels follows the population's statistics and the inside those of the batch, so the block is no
     * convolution while these differ. A norm behind another would need a second round of statistics.
     */
    public static Optional<String> batchRefusal(Block block) {
        for (Branch branch : block.branches()) {
            Norm before = null;
            for (Step step : branch.steps()) {
                if (before != null && (step.spatial() || step instanceof Norm)) {
                    return Optional.of(
                            "block " + block.name() + ": " + before.name() + " is not the last but for pointwise"
                                    + " steps in its branch; the Java engine has no batch statistics for that (engine: torch has)");
                }
                before = step instanceof Norm norm ? norm : before;
            }
        }
        return Optional.empty();
    }

    private AffineMap stages(Branch branch) {
        AffineMap map = null;
        List<Stage> stages = early;
        for (Step step : branch.steps()) {
            if (step instanceof Norm) {
                stages = late;
            }
            Stage stage = map == null && step instanceof Conv conv
                    ? first(conv)
                    : behind(map == null ? AffineMap.identity(step.in()) : map, step, stages);
            stages.add(stage);
            map = stage.map();
        }
        return map == null ? AffineMap.identity(place.block().in()) : unscaled(map, stages);
    }

    private Stage first(Conv conv) {
        return new FirstConv(AffineMap.parameter(conv, parameter(conv.weight())), bias(conv.bias()));
    }

    private Stage behind(AffineMap map, Step step, List<Stage> stages) {
        return switch (step) {
            case Conv conv -> conv.spatial() ? spatial(conv, unscaled(map, stages)) : pointwise(conv, map);
            case Norm norm -> normalisation(norm, unscaled(map, stages));
            case Stencil stencil -> filter(stencil, unscaled(map, stages));
        };
    }

    private Stage spatial(Conv conv, AffineMap map) {
        return new SpatialConv(map, conv, parameter(conv.weight()), bias(conv.bias()), matrices);
    }

    private Stage pointwise(Conv conv, AffineMap map) {
        return new PointwiseConv(map, conv.out(), parameter(conv.weight()), bias(conv.bias()), matrices);
    }

    /** The map without a scale, if need be by one more stage. */
    private static AffineMap unscaled(AffineMap map, List<Stage> stages) {
        if (map.scale == null) {
            return map;
        }
        Scaling scaling = new Scaling(map, map.scale);
        stages.add(scaling);
        return scaling.map();
    }

    private Stage normalisation(Norm norm, AffineMap map) {
        String name = place.prefix() + norm.name();
        int first = norms.add(map, statisticLayout.at(name + ".mean"), statisticLayout.at(name + ".variance"));
        int gammaAt = parameterLayout.at(name + ".gamma");
        return new Normalisation(map, norms, first, gammaAt, parameterLayout.at(name + ".beta"));
    }

    private Stage filter(Stencil stencil, AffineMap map) {
        boolean learned = stencil.mask().learned();
        int factorAt = learned ? parameter(stencil.scale()) : Bias.NONE;
        return new Filter(map, stencil.mask().taps(), factorAt, bias(learned ? stencil.bias() : null));
    }

    private int parameter(String name) {
        return parameterLayout.at(place.prefix() + name);
    }

    private Bias bias(@Nullable String name) {
        return new Bias(name == null ? Bias.NONE : parameter(name));
    }

    /**
     * Folds with population statistics.
     *
     * @param kernel is filled, [out, in, 3, 3]
     * @param bias is filled, [out]
     */
    public void fold(float[] parameters, float[] statistics, float[] kernel, float[] bias) {
        early.forEach(stage -> stage.forward(parameters));
        norms.read(statistics);
        finish(parameters, kernel, bias);
    }

    /**
     * Folds with the statistics of a batch. What {@link #batchRefusal} refuses may not come here.
     *
     * @param patches moments of the block's input, kept until {@link #unfoldBatch}
     */
    public void foldBatch(float[] parameters, PatchMoments patches, float[] kernel, float[] bias) {
        refusal.ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        moments = patches;
        early.forEach(stage -> stage.forward(parameters));
        norms.take(parameters, patches);
        finish(parameters, kernel, bias);
    }

    private void finish(float[] parameters, float[] kernel, float[] bias) {
        late.forEach(stage -> stage.forward(parameters));
        Arrays.fill(kernel, 0);
        Arrays.fill(bias, 0);
        for (AffineMap map : maps) {
            map.addKernelTo(kernel, parameters);
            for (int o = 0; o < map.out; o++) {
                bias[o] += map.bias[o];
            }
        }
    }

    /** After {@link #foldBatch}: moves running statistics, as libtorch does (the running variance takes the unbiased one). */
    public void moveStatistics(float[] statistics, double momentum) {
        long pixels = batch().pixels();
        norms.follow(statistics, momentum, pixels / (pixels - 1.0));
    }

    /**
     * After {@link #fold}: the gradients of the parameters.
     *
     * @param parameters those of the fold
     * @param kernelGradient [out, in, 3, 3]
     * @param biasGradient [out]
     * @param gradients laid out as the parameters, is added to
     */
    public void unfold(float[] parameters, float[] kernelGradient, float[] biasGradient, float[] gradients) {
        start(kernelGradient, biasGradient, gradients);
        late.reversed().forEach(stage -> stage.backward(parameters, gradients));
        early.reversed().forEach(stage -> stage.backward(parameters, gradients));
    }

    /**
     * After {@link #foldBatch}: the same with what goes through the statistics of the batch.
     *
     * @param input is filled with what the block's input gets through these statistics
     */
    public void unfoldBatch(
            float[] parameters, float[] kernelGradient, float[] biasGradient, float[] gradients, InputGradient input) {
        PatchMoments patches = batch();
        start(kernelGradient, biasGradient, gradients);
        late.reversed().forEach(stage -> stage.backward(parameters, gradients));
        norms.backward(gradients, patches);
        norms.backward(patches, input);
        early.reversed().forEach(stage -> stage.backward(parameters, gradients));
    }

    private PatchMoments batch() {
        if (moments == null) {
            throw new IllegalStateException("no batch has been folded");
        }
        return moments;
    }

    private void start(float[] kernelGradient, float[] biasGradient, float[] gradients) {
        for (AffineMap map : maps) {
            map.takeGradient(kernelGradient, gradients);
            System.arraycopy(biasGradient, 0, map.biasGradient, 0, map.out);
        }
    }
}
