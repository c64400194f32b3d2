package dev.repsr.train.torch;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerContract;
import dev.repsr.train.engine.TrainerSettings;

/** libtorch in float32, beside itself in double. */
class TorchGradientsTest extends TrainerContract {
    /** It adds up a bias's gradient, thousands of nearly equal floats, with less care. */
    @Override
    protected double rounding() {
        return 3e-4;
    }

    @Override
    protected Trainer trainer(TrainerSettings settings, Weights initial) {
        return new TorchTrainer(settings, initial);
    }
}
