package dev.repsr.train.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the processes that train one network tell each other. Every process calls the same methods in the same order with
 * tensors of the same shapes.
 */
public sealed interface Collective extends AutoCloseable permits Alone, Gloo {

    /**
     * Waits for the other processes.
     *
     * @throws RankLost if they do not come
     */
    static Collective open(Ranks ranks) throws RankLost {
        return ranks.size() == 1 ? new Alone() : Gloo.open(ranks);
    }

    /** The place of this process. */
    Ranks ranks();

    /** Replaces the values of a contiguous float tensor by their mean over all processes, the same bits in each. */
    void mean(Tensor values) throws RankLost;

    /** Replaces the values of a contiguous tensor by those of the process of rank 0. */
    void fromFirst(Tensor values) throws RankLost;

    /** The means over all processes. */
    @SuppressWarnings("try")
    default float[] mean(float... values) throws RankLost {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = torch.tensor(values);
            mean(tensor);
            float[] means = new float[values.length];
            tensor.data_ptr_float().get(means);
            return means;
        }
    }

    /** The numbers of the process of rank 0. */
    @SuppressWarnings("try")
    default long[] fromFirst(long... values) throws RankLost {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = torch.tensor(values);
            fromFirst(tensor);
            long[] theirs = new long[values.length];
            tensor.data_ptr_long().get(theirs);
            return theirs;
        }
    }

    @Override
    void close();
}
