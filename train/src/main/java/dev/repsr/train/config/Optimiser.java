package dev.repsr.train.config;

import dev.repsr.train.config.TrainConfig.Algorithm;
import dev.repsr.train.config.TrainConfig.Decay;
import dev.repsr.train.config.TrainConfig.Loss;
import java.util.List;

/**
 * What is minimised, by which algorithm, and how fast.
 *
 * @param iterations steps of the run, 1 to 100 million
 * @param rate learning rate after the warm-up, 1e-12 to 1
 * @param finalRate learning rate of the last step under {@link Decay#COSINE}, 0 to {@code rate}
 * @param warmup steps of linear warm-up, 0 to {@code iterations}
 * @param decay how the rate falls
 * @param milestones iterations at which {@link Decay#MULTISTEP} multiplies the rate, ascending, 1 to {@code iterations}
 * @param factor by which it does so, above 0 to 1
 * @param algorithm how gradients change weights
 * @param weightDecay of the kernels, 0 to 1; 0 under {@link Algorithm#ADAM}
 * @param clip largest norm of a gradient, 0 for any
 * @param accumulate batches a step, 1 to 1024
 * @param beta1 decay of the mean of the gradients, which Muon calls momentum, 0 to less than 1
 * @param beta2 decay of the mean of their squares, 0 to less than 1
 * @param loss what is minimised
 * @param finish what is minimised at the end instead
 * @param finishShare share of the iterations that are the end, 0 to 1
 * @param lumaWeight share of the loss that is taken of the luma alone, 0 to 1: the eye and the benchmarks look there
 * @param colours what the rest of the loss is taken of; {@link Colours#DIFFERENCES} only beside a luma weight above 0
 * @param coloursShare share of the iterations, from the first on, after which that is {@link Colours#RGB}, 0 to 1
 * @param fftWeight factor of the difference of the spectra, which is added to the loss until the finish, 0 to 1000
 * @param ema decay of the moving average of the weights, 0 to less than 1; 0 = no average
 */
public record Optimiser(
        long iterations,
        double rate,
        double finalRate,
        long warmup,
        Decay decay,
        List<Long> milestones,
        double factor,
        Algorithm algorithm,
        double weightDecay,
        double clip,
        int accumulate,
        double beta1,
        double beta2,
        Loss loss,
        Loss finish,
        double finishShare,
        double lumaWeight,
        Colours colours,
        double coloursShare,
        double fftWeight,
        double ema) {
    public Optimiser {
        milestones = List.copyOf(milestones);
        ValueRefused.unlessBetween("optimiser.iterations", iterations, 1, 100_000_000);
        ValueRefused.unlessBetween("optimiser.rate", rate, 1e-12, 1.0);
        ValueRefused.unlessBetween("optimiser.final_rate", finalRate, 0.0, 1.0);
        if (decay == Decay.COSINE && finalRate > rate) {
            throw new ValueRefused("optimiser.final_rate", finalRate, "0.0 to optimiser.rate, here " + rate);
        }
        if (warmup < 0 || warmup > iterations) {
            throw new ValueRefused("optimiser.warmup", warmup, "0 to optimiser.iterations, here " + iterations);
        }
        checkMilestones(decay, milestones, iterations);
        ValueRefused.unlessBetween("optimiser.factor", factor, 1e-6, 1.0);
        ValueRefused.unlessBetween("optimiser.weight_decay", weightDecay, 0.0, 1.0);
        if (weightDecay > 0 && algorithm == Algorithm.ADAM) {
            throw new ValueRefused("optimiser.weight_decay", weightDecay, "0 where optimiser.algorithm is adam");
        }
        ValueRefused.unlessBetween("optimiser.clip", clip, 0.0, 1e6);
        ValueRefused.unlessBetween("optimiser.accumulate", accumulate, 1, 1024);
        ValueRefused.unlessShareBelowOne("optimiser.beta1", beta1);
        ValueRefused.unlessShareBelowOne("optimiser.beta2", beta2);
        ValueRefused.unlessBetween("optimiser.finish_share", finishShare, 0.0, 1.0);
        ValueRefused.unlessBetween("optimiser.luma_weight", lumaWeight, 0.0, 1.0);
        if (colours == Colours.DIFFERENCES && lumaWeight == 0) {
            throw new ValueRefused("optimiser.colours", "differences", "rgb where optimiser.luma_weight is 0");
        }
        ValueRefused.unlessBetween("optimiser.colours_share", coloursShare, 0.0, 1.0);
        ValueRefused.unlessBetween("optimiser.fft_weight", fftWeight, 0.0, 1000.0);
        ValueRefused.unlessShareBelowOne("optimiser.ema", ema);
    }

    private static void checkMilestones(Decay decay, List<Long> milestones, long iterations) {
        if (decay == Decay.MULTISTEP && milestones.isEmpty()) {
            throw new ValueRefused(
                    "optimiser.decay", "multistep", "that only where optimiser.milestones names iterations");
        }
        long before = 0;
        for (long milestone : milestones) {
            if (milestone <= before || milestone > iterations) {
                String allowed = "1 to optimiser.iterations, here " + iterations + ", in ascending order";
                throw new ValueRefused("optimiser.milestones", milestones, allowed);
            }
            before = milestone;
        }
    }
}
