package dev.repsr.train.step;

import dev.repsr.train.engine.Goal;
import dev.repsr.train.fold.InputGradient;
import dev.repsr.train.fold.PatchMoments;
import java.util.Arrays;

/**
 * The gradient of a batch whose own statistics normalise. A normalised block needs those of its input over all samples before it can
 * be folded, so the batch goes layer by layer: forth to the next normalised block, fold it, on; and back the same way, since what
 * reaches a block's input through its statistics depends on the gradients of all samples. Head and tail are not normalised.
 */
final class StatisticsGradient {
    private final StepSpaces spaces;
    private final StepNetwork network;
    private final NetworkFold fold;
    private final StatisticsKernels kernels;
    /** Of each normalised layer the moments of its input. */
    private final PatchMoments[] moments;

    private final InputGradient back;
    private final float[] prepared;
    private final float[] patchSums;
    private final float[] sum;
    private final float[][] groupSums;
    private final SampleMaps[] maps;

    /** Layers whose blocks are normalised, in order. */
    private final int[] norms;

    /** Of each normalised layer and sample the layer's input. */
    private final float[][][] inputs;

    private final Own[] owns;

    /** What a thread computes statistics in. */
    private static final class Own {
        final float[][] scratch;
        final float[] extra;

        Own(StatisticsKernels kernels, MapShape z) {
            int[] sizes = kernels.scratchSizes();
            scratch = new float[sizes.length][];
            for (int i = 0; i < sizes.length; i++) {
                scratch[i] = new float[sizes[i]];
            }
            extra = new float[z.size()];
        }
    }

    StatisticsGradient(StepSpaces spaces, NetworkFold fold, StepKernels stepKernels) {
        this.spaces = spaces;
        this.fold = fold;
        network = spaces.network;
        int[] layers = new int[network.size()];
        Arrays.setAll(layers, i -> i);
        norms = Arrays.stream(layers).filter(fold::normalised).toArray();
        MapShape z = network.layers.get(norms[0]).in();
        kernels = stepKernels.statistics(z);
        moments = new PatchMoments[norms.length];
        Arrays.setAll(moments, i -> new PatchMoments(z.channels()));
        back = new InputGradient(kernels.layout());
        prepared = new float[kernels.preparedSize()];
        patchSums = new float[kernels.layout().sums()];
        sum = new float[kernels.sumsSize()];
        groupSums = new float[spaces.groups.length][kernels.sumsSize()];
        maps = new SampleMaps[spaces.samples];
        inputs = new float[norms.length][spaces.samples][kernels.activated().size()];
        for (int n = 0; n < maps.length; n++) {
            maps[n] = new SampleMaps(network.layers);
        }
        owns = new Own[spaces.threads()];
        for (int i = 0; i < owns.length; i++) {
            owns[i] = new Own(kernels, z);
        }
    }

    /**
     * Adds to the gradients of the parameters; running statistics follow those of the batch.
     *
     * @param parts batches that the gradient is the mean of
     * @return mean absolute error
     */
    double add(float[] lr, float[] hr, Goal goal, int parts, double momentum) {
        spaces.clear();
        forth(lr, momentum);
        int first = norms[norms.length - 1];
        spaces.each((n, group, thread) -> {
            StepSpaces.Own own = spaces.own(thread);
            LayerGradients gradients = spaces.groups[group];
            network.forth(maps[n], own.space, first, network.size(), own.output);
            spaces.loss(lr, hr, n, goal, parts, own, gradients);
            for (int layer = network.last(); layer > first; layer--) {
                float[] dz = layer == network.last() ? own.output : maps[n].dz;
                boolean again = !spaces.keeps && layer != network.last();
                network.weights(maps[n], own.space, layer, dz, again, gradients);
                network.input(maps[n], own.space, layer, null, gradients);
            }
            network.weights(maps[n], own.space, first, maps[n].dz, !spaces.keeps, gradients);
        });
        for (int i = norms.length - 1; i >= 0; i--) {
            back(i);
        }
        spaces.threads.run(network.size(), (layer, thread) -> {
            if (fold.normalised(layer)) {
                fold.unfoldSlope(layer, spaces.sum(layer));
            } else {
                fold.unfold(layer, spaces.sum(layer));
            }
        });
        return spaces.meanError();
    }

    /** Takes the statistics of one more batch into the running ones. */
    void estimate(float[] lr, double momentum) {
        forth(lr, momentum);
    }

    /** Computes all maps before the last normalised block, and folds all blocks. */
    private void forth(float[] lr, double momentum) {
        spaces.threads.run(network.size(), (layer, thread) -> {
            if (fold.normalised(layer)) {
                fold.takeSlope(layer);
            } else {
                fold.fold(layer);
            }
        });
        spaces.each((n, group, thread) -> spaces.picture(lr, n, maps[n]));
        for (int i = 0; i < norms.length; i++) {
            int from = i == 0 ? 0 : norms[i - 1];
            forth(from, i);
            fold.foldBatch(norms[i], moments[i], momentum);
        }
    }

    /** Computes the maps from one layer to the next normalised one, and the moments of that one's input. */
    private void forth(int from, int number) {
        int to = norms[number];
        for (float[] sums : groupSums) {
            Arrays.fill(sums, 0);
        }
        spaces.each((n, group, thread) -> {
            network.forth(maps[n], spaces.own(thread).space, from, to, spaces.own(thread).output);
            float[] z = maps[n].input(to);
            kernels.add(z, network.slope[to], inputs[number][n], owns[thread].scratch, groupSums[group]);
        });
        Arrays.fill(sum, 0);
        for (float[] sums : groupSums) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += sums[i];
            }
        }
        kernels.finish(sum, patchSums);
        long side = network.layers.get(to).in().side();
        moments[number].take(kernels.layout(), patchSums, side * side * spaces.samples);
    }

    /** From a normalised layer's output back to the output of the one before it. */
    private void back(int number) {
        int layer = norms[number];
        int end = number == 0 ? 0 : norms[number - 1];
        fold.unfoldBatch(layer, spaces.sum(layer), back);
        kernels.prepare(back, prepared);
        spaces.each((n, group, thread) -> {
            StepSpaces.Own own = spaces.own(thread);
            LayerGradients gradients = spaces.groups[group];
            float[] extra = owns[thread].extra;
            kernels.gradient(back, prepared, inputs[number][n], owns[thread].scratch, extra);
            network.transform(maps[n], own.space, layer);
            network.input(maps[n], own.space, layer, extra, gradients);
            for (int i = layer - 1; i > end; i--) {
                network.weights(maps[n], own.space, i, maps[n].dz, true, gradients);
                network.input(maps[n], own.space, i, null, gradients);
            }
            network.weights(maps[n], own.space, end, maps[n].dz, true, gradients);
        });
    }
}
