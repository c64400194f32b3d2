package dev.repsr.train.step;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.train.engine.TrainerSettings;

/** Enlarges a picture with the kernels of the training steps. */
record StepEvaluation(TrainerSettings settings, StepKernels kernels) {

    /**
     * [3, side * scale, side * scale] from [3, side, side].
     *
     * @param training whose parameters are taken
     */
    float[] enlarge(TrainingNetwork training, float[] input, int side) {
        int scale = settings.topology().scale();
        StepNetwork network = new StepNetwork(settings.topology(), side, kernels);
        NetworkFold fold = new NetworkFold(settings, network, kernels.matrices());
        fold.read(training.weights(), "");
        for (int layer = 0; layer < network.size(); layer++) {
            fold.fold(layer);
        }
        SampleMaps maps = new SampleMaps(network.layers);
        MapShape out = network.layers.getLast().out();
        float[] features = new float[out.size()];
        Patches.picture(input, 0, network.layers.getFirst().in(), maps.picture);
        network.forth(maps, new Workspace(network.layers, false), 0, network.size(), features);
        return Patches.enlarged(input, features, scale, out);
    }
}
