package dev.repsr.train;

import dev.repsr.network.Weights;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.torch.Gloo;
import dev.repsr.train.torch.TorchDevice;
import dev.repsr.train.torch.TorchTrainer;

/** Where a run gets its trainer and its connection to other processes from: all else of a run knows their interfaces alone. */
final class TrainEngines {
    private TrainEngines() {}

    static boolean isAvailable(Device device) {
        return TorchDevice.isAvailable(device);
    }

    /** A trainer that starts from these weights. */
    static Trainer trainer(TrainerSettings settings, Weights initial, Collective processes) {
        return new TorchTrainer(settings, initial, processes);
    }

    /**
     * Waits for the other processes.
     *
     * @throws RankLost if they do not come
     */
    static Collective meet(Ranks ranks) throws RankLost {
        return ranks.size() == 1 ? new Alone() : Gloo.open(ranks);
    }
}
