package dev.repsr.train;

import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.torch.Trainer;
import java.io.IOException;
import java.util.List;

/** Tells listener and log how a run goes on: speed over the last seconds, mean loss, time left, validation. */
final class Progress {
    private static final double SPEED_WINDOW_SECONDS = 10;

    private final TrainConfig config;
    private final TrainListener listener;
    private final TrainLog log;
    private final Validation validation;
    private long windowStart = System.nanoTime();
    private long windowIteration;
    private double speed;
    private double lossSum;
    private long losses;

    Progress(TrainConfig config, TrainListener listener, TrainLog log, Validation validation, long first) {
        this.config = config;
        this.listener = listener;
        this.log = log;
        this.validation = validation;
        windowIteration = first;
    }

    /** After each step; {@code done} counts from 1. */
    void step(long done, float loss, double rate, Trainer trainer) throws IOException {
        long total = config.optimiser().iterations();
        lossSum += loss;
        losses++;
        updateSpeed(done);
        String phase = trainer.phase().label();
        listener.step(done, total, loss, rate, phase, speed, speed > 0 ? (total - done) / speed : Double.NaN);
        if (done % config.validation().every() == 0 || done == total) {
            List<SetScore> sets = validation.scores(trainer.result().merge().toNetwork());
            listener.validation(done, sets);
            log.write(done, phase, lossSum / losses, rate, speed, sets);
            lossSum = 0;
            losses = 0;
        }
    }

    private void updateSpeed(long done) {
        double seconds = (System.nanoTime() - windowStart) / 1e9;
        if (speed == 0 || seconds >= SPEED_WINDOW_SECONDS) {
            speed = (done - windowIteration) / seconds;
        }
        if (seconds >= SPEED_WINDOW_SECONDS) {
            windowStart = System.nanoTime();
            windowIteration = done;
        }
    }
}
