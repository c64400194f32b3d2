package dev.repsr.train.config;

import dev.repsr.train.config.TrainConfig.Decay;
import java.util.List;

/**
 * The learning rate as a function of the iteration alone: {@code warmup} linear steps up to {@code rate}, then the decay,
 * which a cosine ends with {@code finalRate} at the last iteration.
 *
 * @param iterations steps of the run, at least 1
 * @param rate highest learning rate
 * @param finalRate rate of the last step under {@link Decay#COSINE}
 * @param warmup steps of linear warm-up
 * @param decay how the rate falls
 * @param milestones iterations at which {@link Decay#MULTISTEP} multiplies the rate
 * @param factor by which it does so
 */
public record Schedule(
        long iterations,
        double rate,
        double finalRate,
        long warmup,
        Decay decay,
        List<Long> milestones,
        double factor) {

    public Schedule {
        milestones = List.copyOf(milestones);
    }

    /** The rate of iteration {@code iteration}, counted from 0; beyond the end the last rate. */
    public double rateAt(long iteration) {
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration " + iteration);
        }
        if (iteration < warmup) {
            return rate * (iteration + 1) / warmup;
        }
        return switch (decay) {
            case CONSTANT -> rate;
            case COSINE -> cosine(iteration);
            case MULTISTEP -> stepped(iteration);
        };
    }

    private double stepped(long iteration) {
        double stepped = rate;
        for (long milestone : milestones) {
            stepped = iteration >= milestone ? stepped * factor : stepped;
        }
        return stepped;
    }

    private double cosine(long iteration) {
        long steps = iterations - 1 - warmup;
        if (steps <= 0) {
            return finalRate;
        }
        double done = Math.min(1.0, (double) (iteration - warmup) / steps);
        // StrictMath: the same bits on every machine.
        return finalRate + (rate - finalRate) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * done));
    }
}
