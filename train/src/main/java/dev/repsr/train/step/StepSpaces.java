package dev.repsr.train.step;

import dev.repsr.train.engine.Goal;
import java.util.List;

/**
 * What the samples of a batch are computed in. Samples are in fixed groups of two: one thread adds up a group's gradients, and
 * those of the groups are added in order, so the bits do not depend on the number of threads.
 */
final class StepSpaces {
    /** Samples of a group. */
    static final int GROUP = 2;

    /** Kept values of all layers that a core's cache has room for beside the maps; more are computed again on the way back. */
    private static final int KEPT_FLOATS = 1 << 18;

    final StepNetwork network;
    final StepThreads threads;
    final int samples;
    final LayerGradients[] groups;
    final boolean keeps;
    private final int scale;
    private final LayerGradients sum;
    private final Own[] owns;

    /** What one thread computes in. */
    static final class Own {
        final Workspace space;

        /** What the last layer made, then its gradient. */
        final float[] output;

        private final float[] target;
        private final float[] lossScratch;

        Own(StepNetwork network, boolean keeps) {
            space = new Workspace(network.layers, keeps);
            MapShape out = network.layers.getLast().out();
            output = new float[out.size()];
            target = new float[out.size()];
            lossScratch = new float[network.loss.scratchSize()];
        }
    }

    StepSpaces(StepNetwork network, StepThreads threads, int samples, int scale) {
        this.network = network;
        this.threads = threads;
        this.samples = samples;
        this.scale = scale;
        keeps = network.layers.stream().mapToInt(ConvKernels::keptSize).sum() <= KEPT_FLOATS;
        groups = new LayerGradients[(samples + GROUP - 1) / GROUP];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new LayerGradients(network.layers);
        }
        sum = new LayerGradients(network.layers);
        owns = new Own[threads.threads()];
        for (int i = 0; i < owns.length; i++) {
            owns[i] = new Own(network, keeps);
        }
    }

    /** A sample of the batch. */
    @FunctionalInterface
    interface Sample {
        void compute(int n, int group, int thread);
    }

    /** Computes all samples, group by group. */
    void each(Sample sample) {
        threads.run(groups.length, (group, thread) -> {
            for (int n = group * GROUP; n < Math.min(samples, (group + 1) * GROUP); n++) {
                sample.compute(n, group, thread);
            }
        });
    }

    Own own(int thread) {
        return owns[thread];
    }

    int threads() {
        return owns.length;
    }

    void picture(float[] lr, int n, SampleMaps maps) {
        Patches.picture(lr, n, network.layers.getFirst().in(), maps.picture);
    }

    /** Replaces a sample's output by its gradient. */
    void loss(float[] lr, float[] hr, int n, Goal goal, int parts, Own own, LayerGradients gradients) {
        Patches.target(lr, hr, n, scale, network.layers.getLast().out(), own.target);
        SampleLoss loss = new SampleLoss(network.loss, values(), samples, parts);
        gradients.error += loss.apply(goal, own.output, own.target, own.lossScratch);
    }

    private int values() {
        int side = network.layers.getLast().out().side() * scale;
        return LossKernels.COLOURS * side * side;
    }

    void clear() {
        for (LayerGradients group : groups) {
            group.clear();
        }
    }

    /** A layer's gradients of all samples. */
    LayerGradients sum(int layer) {
        sum.clear(layer);
        for (LayerGradients group : List.of(groups)) {
            sum.add(group, layer);
        }
        return sum;
    }

    double meanError() {
        double error = 0;
        for (LayerGradients group : groups) {
            error += group.error;
        }
        return error / ((double) values() * samples);
    }
}
