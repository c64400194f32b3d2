package dev.repsr.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that compute bands; one thread is the caller's own. */
final class BandThreads implements AutoCloseable {
    private final Executor executor;

    BandThreads(int threads) {
        this.executor = threads == 1
                ? Runnable::run
                : Executors.newFixedThreadPool(
                        threads,
                        Thread.ofPlatform().daemon().name("repsr-band-", 1).factory());
    }

    void execute(Runnable task) {
        executor.execute(task);
    }

    /** Interrupts what runs, drops what waits, and returns when all threads have ended. */
    @Override
    public void close() {
        if (executor instanceof ExecutorService service) {
            service.shutdownNow();
            boolean interrupted = false;
            boolean ended = false;
            while (!ended) {
                try {
                    ended = service.awaitTermination(1, TimeUnit.DAYS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
