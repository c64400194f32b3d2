package dev.repsr.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Times of several pieces of work that take turns, so that what else the machine does meets all of them. On one thread it is
 * the calling thread's CPU time, since all do their work in that thread; on several it is the time that passes.
 *
 * @param nanos by piece of work, then by round
 */
record Rounds(List<double[]> nanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Threads of a native runtime spin for a while after their work; this long after it they sleep. */
    private static final long PAUSE_MILLIS = 300;

    /** Cores that slept take a while to come back, a virtual machine's the longest. */
    private static final double WAKING_SECONDS = 0.5;

    /** Something that is timed. */
    interface Work {
        /** Does it once. */
        void run() throws IOException, InterruptedException;
    }

    /** A piece of work and for how long it is warmed up; it runs twice at least. */
    record Turn(Work work, double warmUpSeconds) {

        /** Once at least. */
        private void runFor(double seconds) throws IOException, InterruptedException {
            long start = System.nanoTime();
            do {
                work.run();
            } while (System.nanoTime() - start < seconds * 1e9);
        }
    }

    /** Warms all up, one after the other, then runs them in turns. */
    static Rounds measure(List<Turn> turns, int threads, int rounds) throws IOException, InterruptedException {
        for (Turn turn : turns) {
            turn.work.run();
            turn.runFor(turn.warmUpSeconds);
        }
        List<double[]> nanos = new ArrayList<>();
        for (int t = 0; t < turns.size(); t++) {
            nanos.add(new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            for (int t = 0; t < turns.size(); t++) {
                if (threads > 1) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                // The caches still hold what the turn before has left in them.
                turns.get(t).runFor(threads > 1 ? WAKING_SECONDS : 0);
                long start = now(threads);
                turns.get(t).work.run();
                nanos.get(t)[round] = now(threads) - start;
            }
        }
        return new Rounds(nanos);
    }

    /** Median time of a piece of work. */
    double median(int turn) {
        return Median.of(nanos.get(turn));
    }

    /** Median over the rounds of how many times longer one piece of work took than another. */
    double ratio(int longer, int shorter) {
        double[] ratios = new double[nanos.get(longer).length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = nanos.get(longer)[i] / nanos.get(shorter)[i];
        }
        return Median.of(ratios);
    }

    private static long now(int threads) {
        return threads == 1 ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
