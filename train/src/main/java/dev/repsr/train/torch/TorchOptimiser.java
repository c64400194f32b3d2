package dev.repsr.train.torch;

import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Changes one flat parameter vector as an {@link Update} says: clip, decay of the kernels, then each parameter's algorithm. */
final class TorchOptimiser implements AutoCloseable {
    private final Update update;
    private final FlatTensors decayed;
    private final Adam adam;
    private final Muon muon;
    private final Tensor adams;
    private final Tensor muons;

    /** @param shapes of all parameters, in the order of their vector */
    TorchOptimiser(Update update, SequencedMap<String, int[]> shapes, Device device) {
        this.update = update;
        decayed = new FlatTensors(shapes, device);
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            if (Update.isKernel(entry.getValue())) {
                decayed.get(entry.getKey()).fill_(new Scalar(1));
            }
        }
        SequencedMap<String, int[]> byAdam = update.movedByAdam(shapes);
        SequencedMap<String, int[]> byMuon = Muon.ordered(update.movedByMuon(shapes));
        adam = new Adam(update, byAdam, device);
        muon = new Muon(update, byMuon, device);
        adams = decayed.places(byAdam.keySet());
        muons = decayed.places(byMuon.keySet());
    }

    /**
     * Changes parameters and its own state in place; a gradient that is too long is shortened first.
     *
     * @param step 1 for the first
     * @throws TrainingDiverged if the gradient is not finite; nothing has changed then
     */
    @SuppressWarnings("try")
    void step(Tensor parameters, Tensor gradient, long step, double rate) throws TrainingDiverged {
        try (PointerScope scope = new PointerScope()) {
            float norm = gradient.norm().item_float();
            if (!Float.isFinite(norm)) {
                throw new TrainingDiverged("the gradient is " + norm + " at step " + step);
            }
            if (update.clip() > 0 && norm > update.clip()) {
                gradient.mul_(new Scalar(update.clip() / norm));
            }
            if (update.weightDecay() > 0) {
                parameters.addcmul_(parameters, decayed.flat(), new Scalar(-rate * update.weightDecay()));
            }
            switch (update.algorithm()) {
                case ADAM -> adam.move(parameters, gradient, step, rate);
                case MUON -> {
                    Tensor others = parameters.index_select(0, adams);
                    adam.move(others, gradient.index_select(0, adams), step, rate);
                    parameters.index_copy_(0, adams, others);
                    parameters.index_add_(0, muons, muon.change(gradient.index_select(0, muons), rate));
                }
            }
        }
    }

    void save(Map<String, dev.repsr.network.Tensor> state) {
        adam.save(state);
        muon.save(state);
    }

    void load(dev.repsr.network.Weights state) {
        adam.load(state);
        muon.load(state);
    }

    void synchronise(Collective processes) throws RankLost {
        adam.synchronise(processes);
        muon.synchronise(processes);
    }

    @Override
    public void close() {
        decayed.close();
        adam.close();
        muon.close();
        adams.releaseReference();
        muons.releaseReference();
    }
}
