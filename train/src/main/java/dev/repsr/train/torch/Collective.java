package dev.repsr.train.torch;

import org.bytedeco.pytorch.Tensor;

/**
 * What the processes that train one network tell each other. Every process calls the same methods in the same order with
 * tensors of the same shapes.
 */
sealed interface Collective extends AutoCloseable permits Alone, Gloo {

    /**
     * Waits for the other processes.
     *
     * @throws RankLost if they do not come
     */
    static Collective open(Ranks ranks) throws RankLost {
        return ranks.size() == 1 ? new Alone() : Gloo.open(ranks);
    }

    /** Replaces the values of a contiguous float tensor by their mean over all processes. */
    void mean(Tensor values) throws RankLost;

    /** Replaces the values of a contiguous tensor by those of the process of rank 0. */
    void fromFirst(Tensor values) throws RankLost;

    @Override
    void close();
}
