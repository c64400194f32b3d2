package dev.repsr.train.engine;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.network.Weights;

/**
 * Trains one network, step by step: an optimiser, and an exponential moving average of the weights once their statistics are
 * frozen. Deterministic for one engine with the same settings. Not thread-safe.
 *
 * <p>Of several processes each has a trainer with the same settings and its own share of the batch. Gradients are averaged
 * before they are followed, so all have the same weights at all times; statistics are each process's own until
 * {@link #averageStatistics} or {@link #freeze}. All processes call the same methods in the same order.
 */
public interface Trainer extends AutoCloseable {

    /** How far the training is. */
    Position position();

    /** Where batch normalisation stands. */
    default Phase phase() {
        return position().phase();
    }

    /** Whether the averaged weights, rather than the newest, are the result. */
    boolean averages();

    /**
     * One step of training on one batch that minimises the mean absolute error.
     *
     * @see #accumulate
     * @see #update
     */
    default float step(float[] lrBatch, float[] hrBatch, double rate) throws TrainingDiverged, RankLost {
        return step(lrBatch, hrBatch, rate, Goal.of(Objective.ABSOLUTE));
    }

    /**
     * One step of training on one batch.
     *
     * @see #accumulate
     * @see #update
     */
    default float step(float[] lrBatch, float[] hrBatch, double rate, Goal goal) throws TrainingDiverged, RankLost {
        float error = accumulate(lrBatch, hrBatch, goal, 1);
        update(rate);
        return error;
    }

    /**
     * Adds the gradient of one batch to what the next {@link #update} follows.
     *
     * @param lrBatch [N, 3, patch, patch] in 0..1, row-major
     * @param hrBatch [N, 3, patch * scale, patch * scale]
     * @param parts batches that the update will be the mean of
     * @return the mean absolute error
     * @throws TrainingDiverged if what is minimised is not finite; nothing has changed then but running statistics
     * @throws IllegalStateException while statistics are estimated, for weights have to stand still
     */
    float accumulate(float[] lrBatch, float[] hrBatch, Goal goal, int parts) throws TrainingDiverged;

    /**
     * Changes the weights by what has been accumulated.
     *
     * @throws TrainingDiverged if the gradient is not finite; the weights are as before then
     * @throws RankLost if another process is gone
     * @throws IllegalStateException if nothing has been accumulated
     */
    void update(double rate) throws TrainingDiverged, RankLost;

    /**
     * Takes one more batch into the population statistics, which become the plain mean over all batches taken so. Weights stand
     * still from the first one on, until {@link #freeze}.
     *
     * @throws IllegalStateException if statistics are frozen
     */
    void estimateStatistics(float[] lrBatch);

    /** Makes the statistics of all processes their mean. */
    void averageStatistics() throws RankLost;

    /**
     * Ends the batch phase for good, with the mean of the statistics of all processes, which is folded into the weights
     * ({@link StatisticsFold}) where the settings say so; the average starts from the weights of this moment.
     *
     * @throws RankLost if another process is gone
     * @throws IllegalStateException if it has ended already
     */
    void freeze() throws RankLost;

    /** The network that is to be validated and shipped: averaged weights where there is an average. */
    TrainingNetwork result();

    /**
     * Output of the trained form itself, population statistics, nothing merged, in float: the other side of the receipt.
     *
     * @param input [3, height, width] in 0..1
     * @return [3, height * scale, width * scale]
     */
    float[] evaluate(float[] input, int height, int width);

    /**
     * Everything that going on needs, as named tensors: weights and average as
     * {@link dev.repsr.merge.TrainingFile} names them, and the optimiser's. All engines use the same names.
     */
    Weights state();

    /**
     * Goes on from a saved state, of whatever engine.
     *
     * @param saved how far the training was
     * @throws IllegalArgumentException if a tensor is missing or misshapen
     * @throws IllegalStateException if this trainer is in a later phase already
     */
    void restore(Weights state, Position saved);

    /** Gives every process the state of the first one. */
    void synchronise() throws RankLost;

    @Override
    void close();
}
