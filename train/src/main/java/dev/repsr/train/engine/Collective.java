package dev.repsr.train.engine;

/**
 * What the processes that train one network tell each other. Every process calls the same methods in the same order with as many
 * values.
 */
public interface Collective extends AutoCloseable {

    /** The place of this process. */
    Ranks ranks();

    /** Replaces the values by their mean over all processes, the same bits in each. */
    void mean(float[] values) throws RankLost;

    /** Replaces the values by those of the process of rank 0. */
    void fromFirst(float[] values) throws RankLost;

    /** Replaces the numbers by those of the process of rank 0. */
    void fromFirst(long[] values) throws RankLost;

    /** The mean over all processes. */
    default float meanOf(float value) throws RankLost {
        float[] one = {value};
        mean(one);
        return one[0];
    }

    @Override
    void close();
}
