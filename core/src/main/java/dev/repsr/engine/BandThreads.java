package dev.repsr.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that compute bands; one thread is the caller's own. */
final class BandThreads implements AutoCloseable {
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final Executor executor;

    BandThreads(int threads) {
        ThreadFactory factory =
                Thread.ofPlatform().daemon().name("repsr-band-", 1).factory();
        this.executor = threads == 1
                ? Runnable::run
                : Executors.newFixedThreadPool(threads, task -> {
                    Thread thread = factory.newThread(task);
                    started.add(thread);
                    return thread;
                });
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
        }
    }
}
