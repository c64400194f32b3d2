package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.network.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How fast an engine runs a network on this machine, once it is warm, beside what the processor can do at most. Runs of
 * both alternate, so that what else the machine does meets both.
 *
 * @param engine name of the engine that ran
 * @param threads that computed
 * @param millis median of a run, from interleaved floats to interleaved floats
 * @param gflops 10^9 floating-point operations of direct convolution a second; Winograd's algorithm does fewer, so it may
 *     pass the peak
 * @param peakGflops what fused multiply-adds in registers reach with as many threads; 0 without the Vector API
 */
public record EngineSpeed(
        String engine, int width, int height, int threads, double millis, double gflops, double peakGflops) {
    private static final int ROUNDS = 9;
    private static final double WARM_UP_SECONDS = 4;
    private static final double PEAK_SECONDS = 0.05;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    private static final double WARM_UP_FLOP = 2e8;
    private static final double ESTIMATE_WARM_UP_SECONDS = 3;
    private static final double ESTIMATE_SECONDS = 1;
    private static final double ESTIMATE_RUN_SECONDS = 0.25;
    private static final int MIN_ESTIMATE_SIDE = 16;
    private static final int MAX_ESTIMATE_SIDE = 512;

    /** Far below what any of the vector engines reaches when all its kernels are compiled. */
    private static final double TOO_SLOW = 0.1;

    /** Share of the peak. */
    public double peakShare() {
        return gflops / peakGflops;
    }

    /** Whether a kernel of a vector engine seems to have fallen out of compiled code, which costs a factor of 10 to 100. */
    public boolean fallenOutOfCompiledCode() {
        return peakGflops > 0 && !engine.equals("scalar") && peakShare() < TOO_SLOW;
    }

    /**
     * Measures; takes about ten seconds, more for large networks.
     *
     * @param memoryLimit bytes that buffers may take
     * @throws dev.repsr.image.ImageRefused if that is too little; says how many bytes are needed
     */
    public static EngineSpeed measure(PreparedNetwork network, int width, int height, int threads, long memoryLimit)
            throws IOException {
        RowNetwork rows = network.forPicture(width, height);
        PictureRows picture = new Noise(new PictureFormat(width, height, 3, 8));
        FmaPeak peak = new FmaPeak(threads);
        long end = System.nanoTime() + (long) (WARM_UP_SECONDS * NANOS);
        do {
            run(rows, picture, threads, memoryLimit);
            peak.gflops(PEAK_SECONDS);
        } while (System.nanoTime() < end);
        List<Double> seconds = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            peaks.add(peak.gflops(PEAK_SECONDS));
            seconds.add(run(rows, picture, threads, memoryLimit));
        }
        double median = median(seconds);
        double flop = (double) network.network().flopPerPixel() * width * height;
        return new EngineSpeed(
                rows.engine(), width, height, threads, 1000 * median, flop / median / NANOS, median(peaks));
    }

    /**
     * Estimates in a few seconds what a megapixel of the picture that is enlarged takes.
     *
     * @return seconds
     * @throws dev.repsr.image.ImageRefused if {@code memoryLimit} is too little for a small picture
     */
    public static double secondsPerMegapixel(PreparedNetwork network, int threads, long memoryLimit)
            throws IOException {
        // The engine that runs on a picture of usual size.
        RowNetwork rows = network.forPicture(MAX_ESTIMATE_SIDE, MAX_ESTIMATE_SIDE);
        int side = warmUpSide(network.network());
        runs(rows, side, threads, memoryLimit, ESTIMATE_WARM_UP_SECONDS);
        // A small picture takes more for each of its pixels: what lies beyond its edges is computed too.
        List<Double> seconds;
        do {
            side = Math.min(2 * side, MAX_ESTIMATE_SIDE);
            seconds = runs(rows, side, threads, memoryLimit, 0);
        } while (Collections.min(seconds) < ESTIMATE_RUN_SECONDS && side < MAX_ESTIMATE_SIDE);
        seconds.addAll(runs(rows, side, threads, memoryLimit, ESTIMATE_SECONDS));
        // The fastest, since some code may still have been uncompiled and other programs may have been at work.
        return Collections.min(seconds) / ((double) side * side) * MEGA;
    }

    /** Of the square picture that takes about the work of the warm-up. */
    private static int warmUpSide(Network network) {
        return (int) Math.clamp(Math.sqrt(WARM_UP_FLOP / network.flopPerPixel()), MIN_ESTIMATE_SIDE, MAX_ESTIMATE_SIDE);
    }

    /** Seconds of each run, at least three. */
    private static List<Double> runs(RowNetwork network, int side, int threads, long memoryLimit, double duration)
            throws IOException {
        PictureRows picture = new Noise(new PictureFormat(side, side, 3, 8));
        List<Double> seconds = new ArrayList<>();
        long end = System.nanoTime() + (long) (duration * NANOS);
        while (seconds.size() < 3 || System.nanoTime() < end) {
            seconds.add(run(network, picture, threads, memoryLimit));
        }
        return seconds;
    }

    /** What fused multiply-adds in registers reach with so many threads, 10^9 operations a second; 0 without the Vector API. */
    public static double peakGflops(int threads) {
        return new FmaPeak(threads).gflops(PEAK_SECONDS);
    }

    private static double run(RowNetwork network, PictureRows picture, int threads, long memoryLimit)
            throws IOException {
        long start = System.nanoTime();
        try (EnlargedRows enlarged = new EnlargedRows(network, picture, threads, memoryLimit)) {
            float[] row = new float[3 * enlarged.format().width()];
            for (int y = 0; y < enlarged.format().height(); y++) {
                enlarged.lendRow(row);
            }
        }
        return (System.nanoTime() - start) / NANOS;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** The same row of random samples again and again; endless. */
    private static final class Noise implements PictureRows {
        private final PictureFormat format;
        private final float[] samples;

        Noise(PictureFormat format) {
            this.format = format;
            this.samples = new float[3 * format.width()];
            Random random = new Random(1);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = random.nextFloat();
            }
        }

        @Override
        public PictureFormat format() {
            return format;
        }

        @Override
        public void readRow(float[] row) {
            System.arraycopy(samples, 0, row, 0, samples.length);
        }

        @Override
        public void close() {}
    }
}
