package dev.repsr.train.torch;

import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Update;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam (Kingma and Ba, 2015) on one flat parameter vector:
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8).
 */
final class Adam implements AutoCloseable {
    private static final double EPSILON = 1e-8;

    private final Update update;
    private final FlatTensors mean;
    private final FlatTensors square;

    /** @param shapes of its parameters, in the order of their vector */
    Adam(Update update, SequencedMap<String, int[]> shapes, Device device) {
        this.update = update;
        mean = new FlatTensors(shapes, device);
        square = new FlatTensors(shapes, device);
    }

    /**
     * Changes parameters and both moments in place.
     *
     * @param step t, 1 for the first
     */
    void move(Tensor parameters, Tensor gradient, long step, double rate) {
        mean.flat().mul_(new Scalar(update.beta1())).add_(gradient, new Scalar(1 - update.beta1()));
        square.flat().mul_(new Scalar(update.beta2())).addcmul_(gradient, gradient, new Scalar(1 - update.beta2()));
        double correction1 = 1 - Math.pow(update.beta1(), (double) step);
        double correction2 = 1 - Math.pow(update.beta2(), (double) step);
        Tensor deviation =
                square.flat().sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(EPSILON));
        parameters.addcdiv_(mean.flat(), deviation, new Scalar(-rate / correction1));
    }

    void save(Map<String, dev.repsr.network.Tensor> state) {
        mean.save(state, Update.MEAN);
        square.save(state, Update.SQUARE);
    }

    void load(dev.repsr.network.Weights state) {
        mean.load(state, Update.MEAN);
        square.load(state, Update.SQUARE);
    }

    void synchronise(Collective processes) throws RankLost {
        mean.fromFirst(processes);
        square.fromFirst(processes);
    }

    @Override
    public void close() {
        mean.close();
        square.close();
    }
}
