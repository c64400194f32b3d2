package dev.repsr.train;

import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.Trainer;
import java.io.IOException;
import java.util.List;

/** Tells listener and records how a run goes on: speed over the last seconds, mean loss, time left, validation. */
final class Progress {
    private static final double SPEED_WINDOW_SECONDS = 10;

    private final TrainConfig config;
    private final TrainListener listener;
    private final RunRecords records;
    private final Validation validation;
    private long windowStart = System.nanoTime();
    private long windowIteration;
    private double windowWaited;
    private double speed;
    private double loaderShare;
    private double psnrY = Double.NaN;
    private double lossSum;
    private long losses;

    Progress(TrainConfig config, TrainListener listener, RunRecords records, Validation validation, long first) {
        this.config = config;
        this.listener = listener;
        this.records = records;
        this.validation = validation;
        windowIteration = first;
    }

    /**
     * After each step.
     *
     * @param done steps
     * @param waited seconds that the run has waited for batches so far
     */
    void step(long done, float loss, double rate, Trainer trainer, double waited) throws IOException {
        long total = config.optimiser().iterations();
        lossSum += loss;
        losses++;
        updateSpeed(done, waited);
        double left = speed > 0 ? (total - done) / speed : Double.NaN;
        TrainStep step =
                new TrainStep(done, total, loss, rate, trainer.phase().label(), speed, left, loaderShare, psnrY);
        listener.step(step);
        records.step(step);
        if (done % config.validation().every() == 0 || done == total) {
            validate(step, lossSum / losses, trainer);
            lossSum = 0;
            losses = 0;
        }
    }

    /** Before the first step: what the run begins with. */
    void start(Trainer trainer) throws IOException {
        if (!validation.sets().isEmpty()) {
            long total = config.optimiser().iterations();
            double none = Double.NaN;
            validate(new TrainStep(0, total, none, 0, trainer.phase().label(), 0, none, 0, none), none, trainer);
        }
    }

    private void validate(TrainStep step, double meanLoss, Trainer trainer) throws IOException {
        Validation.Outcome outcome = validation.measure(trainer.result().merge().toNetwork());
        List<SetScore> sets = outcome.sets();
        psnrY = sets.isEmpty() ? Double.NaN : sets.getFirst().psnrY();
        listener.validation(step.iteration(), sets);
        records.validated(step, meanLoss, outcome);
    }

    private void updateSpeed(long done, double waited) {
        double seconds = (System.nanoTime() - windowStart) / 1e9;
        if (speed == 0 || seconds >= SPEED_WINDOW_SECONDS) {
            speed = (done - windowIteration) / seconds;
            loaderShare = Math.clamp((waited - windowWaited) / seconds, 0, 1);
        }
        if (seconds >= SPEED_WINDOW_SECONDS) {
            windowStart = System.nanoTime();
            windowIteration = done;
            windowWaited = waited;
        }
    }
}
