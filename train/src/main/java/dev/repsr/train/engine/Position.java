package dev.repsr.train.engine;

import java.util.List;

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

    /** The position of the first process. */
    public Position fromFirst(Collective processes) throws RankLost {
        List<Phase> phases = List.of(Phase.values());
        long[] first = {phases.indexOf(phase), estimated, steps, averaged};
        processes.fromFirst(first);
        return new Position(phases.get((int) first[0]), (int) first[1], first[2], first[3]);
    }
}
