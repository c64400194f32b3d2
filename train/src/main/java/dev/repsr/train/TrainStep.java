package dev.repsr.train;

/**
 * How a run stands after a step.
 *
 * @param iteration steps done
 * @param total steps of the whole run
 * @param loss mean absolute error of the step
 * @param rate learning rate of the step
 * @param phase "batch" or "frozen"
 * @param iterationsPerSecond lately
 * @param secondsLeft estimate for the rest of the run; NaN while there is none
 * @param loaderShare share of the time, lately, that was spent waiting for batches, 0 to 1
 * @param psnrY mean PSNR of Y of the first validation set when it was last measured, in dB; NaN if it was not yet
 */
public record TrainStep(
        long iteration,
        long total,
        double loss,
        double rate,
        String phase,
        double iterationsPerSecond,
        double secondsLeft,
        double loaderShare,
        double psnrY) {}
