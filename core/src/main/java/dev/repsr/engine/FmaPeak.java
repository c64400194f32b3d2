package dev.repsr.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What this processor's vector units reach at most, with some threads at the same time. */
final class FmaPeak {
    private static final int TURNS = 20_000;
    private static final double NANOS = 1e9;

    private final Optional<VectorEngines> engines = Engines.fastVectorEngines();
    private final int threads;

    FmaPeak(int threads) {
        this.threads = threads;
    }

    /** 10^9 floating-point operations a second over about {@code seconds} seconds; 0 where the Vector API is absent. */
    double gflops(double seconds) {
        if (engines.isEmpty()) {
            return 0;
        }
        CountDownLatch ready = new CountDownLatch(threads);
        List<Share> shares = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Share share = new Share(engines.get(), ready, (long) (seconds * NANOS));
            shares.add(share);
            started.add(Thread.ofPlatform().daemon().name("repsr-peak-" + i).start(share));
        }
        boolean interrupted = false;
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return shares.stream().mapToDouble(share -> share.gflops).sum();
    }

    private static final class Share implements Runnable {
        private final VectorEngines engines;
        private final CountDownLatch ready;
        private final long nanos;

        private double gflops;
        private float result;

        Share(VectorEngines engines, CountDownLatch ready, long nanos) {
            this.engines = engines;
            this.ready = ready;
            this.nanos = nanos;
        }

        @Override
        public void run() {
            ready.countDown();
            while (ready.getCount() > 0) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            long turns = 0;
            long elapsed;
            do {
                result += engines.fmaLoop(TURNS);
                turns += TURNS;
                elapsed = System.nanoTime() - start;
            } while (elapsed < nanos);
            // The result is finite; asking for it keeps the loop from being left out.
            gflops = Float.isFinite(result) ? (double) turns * engines.flopPerTurn() / elapsed : 0;
        }
    }
}
