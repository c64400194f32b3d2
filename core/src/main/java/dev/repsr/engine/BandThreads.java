package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that compute: one that computes bands in order, and those that help it. One thread is the caller's own. */
final class BandThreads implements AutoCloseable {
    private static final Executor CALLER = Runnable::run;

    private final ThreadFactory factory =
            Thread.ofPlatform().daemon().name("repsr-band-", 1).factory();
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final Executor bands;
    private final Executor helpers;

    BandThreads(int threads) {
        this.bands = threads == 1 ? CALLER : Executors.newFixedThreadPool(1, this::start);
        this.helpers = threads == 1 ? CALLER : Executors.newFixedThreadPool(threads - 1, this::start);
    }

    private Thread start(Runnable task) {
        Thread thread = factory.newThread(task);
        started.add(thread);
        return thread;
    }

    /** Computes a band after those before it. */
    void execute(Runnable band) {
        bands.execute(band);
    }

    /** Computes a part of the band that runs. */
    void help(Runnable part) {
        helpers.execute(part);
    }

    /** Interrupts what runs, drops what waits, and returns when all threads have ended. */
    @Override
    public void close() {
        // A band that was interrupted waits for its parts, so the helpers are woken before it and end after it.
        for (Executor executor : List.of(bands, helpers)) {
            if (executor instanceof ExecutorService service) {
                service.shutdownNow();
                started.forEach(Thread::interrupt);
                service.close();
            }
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
    }

    /** Leaves the thread's interrupt status set. */
    static void stopIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    static InterruptedIOException interrupted() {
        return new InterruptedIOException("enlarging was interrupted");
    }
}
