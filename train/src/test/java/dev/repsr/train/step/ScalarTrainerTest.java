package dev.repsr.train.step;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerContract;
import dev.repsr.train.engine.TrainerSettings;

class ScalarTrainerTest extends TrainerContract {
    @Override
    protected Trainer trainer(TrainerSettings settings, Weights initial) {
        return new JavaTrainer(settings, initial, new Alone(), new ScalarKernels());
    }
}
