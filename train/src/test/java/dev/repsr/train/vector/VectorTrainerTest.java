package dev.repsr.train.vector;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerContract;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.step.JavaTrainer;
import org.junit.jupiter.api.Nested;

class VectorTrainerTest {

    @Nested
    class With512Bits extends TrainerContract {
        @Override
        protected Trainer trainer(TrainerSettings settings, Weights initial) {
            return new JavaTrainer(settings, initial, new Alone(), new VectorKernels(Width.BITS_512));
        }
    }

    @Nested
    class With256Bits extends TrainerContract {
        @Override
        protected Trainer trainer(TrainerSettings settings, Weights initial) {
            return new JavaTrainer(settings, initial, new Alone(), new VectorKernels(Width.BITS_256));
        }
    }

    @Nested
    class With128Bits extends TrainerContract {
        @Override
        protected Trainer trainer(TrainerSettings settings, Weights initial) {
            return new JavaTrainer(settings, initial, new Alone(), new VectorKernels(Width.BITS_128));
        }
    }
}
