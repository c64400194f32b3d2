package dev.repsr.bench;

import ai.onnxruntime.OrtException;
import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares an engine with ONNX Runtime, both warm and on one thread: same weights, same picture, in pairs of runs that
 * alternate, so that what else the machine does meets both. Times are the calling thread's CPU time, since both do all their
 * work in that thread. Arguments: the engine (auto), the number of pairs (15).
 */
public final class EngineComparison {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int SCALE = 4;
    private static final double TOLERANCE = 1e-4;
    private static final int WARM_UP_SECONDS = 4;

    private record Case(int body, int channels) {}

    private record Figures(double ourMillis, double onnxMillis, double ratio, double difference) {}

    private EngineComparison() {}

    /** Prints a table; the ratio is how many times faster ours is, as the median over the pairs. */
    public static void main(String[] arguments) throws IOException, OrtException {
        Engine engine = Engines.choose(arguments.length > 0 ? arguments[0] : "auto");
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        PrintStream out = System.out;
        out.printf(
                "%dx%d x%d, one thread, %d pairs, engine %s, Java %s%n",
                WIDTH, HEIGHT, SCALE, pairs, engine.name(), Runtime.version());
        out.printf("%-8s %10s %10s %8s %10s%n", "network", "ours ms", "onnx ms", "ratio", "difference");
        for (Case size : List.of(new Case(4, 16), new Case(10, 32), new Case(16, 64))) {
            Network network = RandomNetworks.compact(size.body, size.channels, SCALE, 1);
            Figures figures = compare(engine, network, pairs);
            out.printf(
                    Locale.ROOT,
                    "%-8s %10.2f %10.2f %8.2f %10.1e%n",
                    network.size(),
                    figures.ourMillis,
                    figures.onnxMillis,
                    figures.ratio,
                    figures.difference);
            if (!(figures.difference <= TOLERANCE)) {
                throw new IllegalStateException("the outputs differ by " + figures.difference);
            }
        }
    }

    private static Figures compare(Engine engine, Network network, int pairs) throws IOException, OrtException {
        float[] picture = RandomNetworks.picture(WIDTH, HEIGHT, 2);
        OurEngine ours = new OurEngine(engine, network, picture, WIDTH, 1);
        try (OnnxRuntime onnx = new OnnxRuntime(network, picture, WIDTH, 1)) {
            double difference = difference(ours.result(), onnx.result());
            long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_SECONDS * 1_000_000_000L;
            while (THREADS.getCurrentThreadCpuTime() < end) {
                ours.run();
                onnx.run();
            }
            double[] ourMillis = new double[pairs];
            double[] onnxMillis = new double[pairs];
            double[] ratios = new double[pairs];
            for (int i = 0; i < pairs; i++) {
                long start = THREADS.getCurrentThreadCpuTime();
                ours.run();
                long middle = THREADS.getCurrentThreadCpuTime();
                onnx.run();
                long stop = THREADS.getCurrentThreadCpuTime();
                ourMillis[i] = (middle - start) / 1e6;
                onnxMillis[i] = (stop - middle) / 1e6;
                ratios[i] = onnxMillis[i] / ourMillis[i];
            }
            return new Figures(median(ourMillis), median(onnxMillis), median(ratios), difference);
        }
    }

    /** Largest difference, relative to values beyond the range of a picture; infinite if any is not a number. */
    static double difference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
