package dev.repsr.train;

import dev.repsr.block.Topology;
import dev.repsr.engine.EngineSpeed;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Form;
import dev.repsr.train.step.JavaTrainer;
import java.io.IOException;
import java.util.Arrays;

/**
 * How fast the Java engine trains on this machine, once it is warm, beside what the processor can do at most. Steps and the peak are
 * measured in turns, so that what else the machine does meets both.
 *
 * @param network size, such as "M4C16"
 * @param scale of the network
 * @param kind of the step
 * @param threads that computed
 * @param millis median of a step of 16 patches of 32x32 pixels
 * @param gflops 10^9 operations of direct convolution in the merged network a second; Winograd's algorithm does fewer, so it may pass
 *     the peak
 * @param peakGflops what fused multiply-adds in registers reach with as many threads; 0 without the Vector API
 */
public record TrainingSpeed(
        String network, int scale, StepWork.Kind kind, int threads, double millis, double gflops, double peakGflops) {
    private static final int ROUNDS = 9;
    private static final int WARM_UP_STEPS = 3;
    private static final double WARM_UP_SECONDS = 3;
    private static final double ROUND_SECONDS = 0.05;
    private static final double NANOS = 1e9;

    /** Share of the peak. */
    public double peakShare() {
        return gflops / peakGflops;
    }

    /**
     * Measures; takes some four seconds, more for large networks.
     *
     * @param body blocks between head and tail
     * @param channels features
     * @param scale 1 to 4
     */
    public static TrainingSpeed measure(int body, int channels, int scale, StepWork.Kind kind, int threads)
            throws IOException {
        Topology topology = StepWork.topology(body, channels, scale, kind);
        try (StepWork work = StepWork.open(
                (settings, initial) -> new JavaTrainer(settings, initial, new Alone()),
                topology,
                kind,
                Form.MERGED,
                threads)) {
            long start = System.nanoTime();
            for (int i = 0; i < WARM_UP_STEPS || System.nanoTime() - start < WARM_UP_SECONDS * NANOS; i++) {
                work.step();
            }
            double[] seconds = new double[ROUNDS];
            double[] peaks = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                peaks[round] = EngineSpeed.peakGflops(threads);
                seconds[round] = secondsOfAStep(work);
            }
            double median = median(seconds);
            double gflops = StepWork.flop(topology) / median / NANOS;
            String network = "M" + body + "C" + channels;
            return new TrainingSpeed(network, scale, kind, threads, 1000 * median, gflops, median(peaks));
        }
    }

    private static double secondsOfAStep(StepWork work) throws IOException {
        long start = System.nanoTime();
        int steps = 0;
        do {
            work.step();
            steps++;
        } while (System.nanoTime() - start < ROUND_SECONDS * NANOS);
        return (System.nanoTime() - start) / NANOS / steps;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
