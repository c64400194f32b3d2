package dev.repsr.train.step;

import dev.repsr.train.engine.Goal;

/** The gradient of a batch where nothing is normalised by the batch's own statistics: forth and back, sample by sample. */
final class MergedGradient {
    private final StepSpaces spaces;
    private final StepNetwork network;
    private final NetworkFold fold;
    private final SampleMaps[] maps;

    MergedGradient(StepSpaces spaces, NetworkFold fold) {
        this.spaces = spaces;
        this.fold = fold;
        network = spaces.network;
        maps = new SampleMaps[spaces.threads()];
        for (int i = 0; i < maps.length; i++) {
            maps[i] = new SampleMaps(network.layers);
        }
    }

    /**
     * Adds to the gradients of the parameters.
     *
     * @param parts batches that the gradient is the mean of
     * @return mean absolute error
     */
    double add(float[] lr, float[] hr, Goal goal, int parts) {
        spaces.threads.run(network.size(), (layer, thread) -> fold.fold(layer));
        spaces.clear();
        spaces.each((n, group, thread) -> {
            StepSpaces.Own own = spaces.own(thread);
            SampleMaps map = maps[thread];
            spaces.picture(lr, n, map);
            network.forth(map, own.space, 0, network.size(), own.output);
            spaces.loss(lr, hr, n, goal, parts, own, spaces.groups[group]);
            back(map, own, spaces.groups[group]);
        });
        spaces.threads.run(network.size(), (layer, thread) -> fold.unfold(layer, spaces.sum(layer)));
        return spaces.meanError();
    }

    private void back(SampleMaps map, StepSpaces.Own own, LayerGradients gradients) {
        for (int layer = network.last(); layer >= 0; layer--) {
            float[] dz = layer == network.last() ? own.output : map.dz;
            boolean again = !spaces.keeps && layer != network.last();
            network.weights(map, own.space, layer, dz, again, gradients);
            if (layer > 0) {
                network.input(map, own.space, layer, null, gradients);
            }
        }
    }
}
