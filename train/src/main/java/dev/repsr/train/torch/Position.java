package dev.repsr.train.torch;

/**
 * How far a training is.
 *
 * @param phase where batch normalisation stands
 * @param estimated batches that the population statistics have been estimated from, 0 outside {@link Phase#ESTIMATING}
 * @param steps taken in all
 * @param averaged steps that are in the moving average
 */
public record Position(Phase phase, int estimated, long steps, long averaged) {

    /** Before the first step. */
    public static final Position START = new Position(Phase.BATCH, 0, 0, 0);
}
