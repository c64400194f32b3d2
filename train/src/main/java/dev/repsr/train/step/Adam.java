package dev.repsr.train.step;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Update;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015):
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8).
 */
final class Adam {
    private static final float EPSILON = 1e-8f;

    private final Update update;
    private final List<Slice> moved;
    private final float[] mean;
    private final float[] square;

    /**
     * @param moved the tensors that it moves
     * @param size of the array that they lie in
     */
    Adam(Update update, List<Slice> moved, int size) {
        this.update = update;
        this.moved = moved;
        mean = new float[size];
        square = new float[size];
    }

    /** @param step t, 1 for the first */
    void move(float[] parameters, float[] gradient, long step, double rate) {
        double correction1 = 1 - Math.pow(update.beta1(), (double) step);
        double correction2 = 1 - Math.pow(update.beta2(), (double) step);
        float length = (float) (rate / correction1);
        float shrink = (float) (1 / Math.sqrt(correction2));
        for (Slice slice : moved) {
            follow(gradient, slice.at(), slice.at() + slice.size());
            move(parameters, slice.at(), slice.at() + slice.size(), length, shrink);
        }
    }

    private void follow(float[] gradient, int from, int to) {
        float keep1 = (float) update.beta1();
        float take1 = (float) (1 - update.beta1());
        float keep2 = (float) update.beta2();
        float take2 = (float) (1 - update.beta2());
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            mean[i] = keep1 * mean[i] + take1 * g;
            square[i] = keep2 * square[i] + take2 * g * g;
        }
    }

    private void move(float[] parameters, int from, int to, float length, float shrink) {
        for (int i = from; i < to; i++) {
            float deviation = (float) Math.sqrt(square[i]) * shrink + EPSILON;
            parameters[i] -= length * mean[i] / deviation;
        }
    }

    void save(Map<String, Tensor> state) {
        moved.forEach(slice -> state.put(Update.MEAN + slice.name(), slice.copyOf(mean)));
        moved.forEach(slice -> state.put(Update.SQUARE + slice.name(), slice.copyOf(square)));
    }

    void load(Weights state) {
        for (Slice slice : moved) {
            slice.put(state.get(Update.MEAN + slice.name(), slice.shape()), mean);
            slice.put(state.get(Update.SQUARE + slice.name(), slice.shape()), square);
        }
    }

    void synchronise(Collective processes) throws RankLost {
        processes.fromFirst(mean);
        processes.fromFirst(square);
    }
}
