package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that compute: the reader's own while it waits for rows, and others that always do. Tasks are taken by whichever thread is
 * free. The monitor of this guards what says which tasks there are.
 */
final class BandThreads implements AutoCloseable {
    private final ThreadFactory factory =
            Thread.ofPlatform().daemon().name("repsr-band-", 1).factory();
    private final int others;
    private final List<Thread> started = new ArrayList<>();
    private final List<Task> ready = new ArrayList<>();
    private boolean closed;

    /** Something that a thread does at a stretch, and then perhaps again. */
    interface Task {
        void run();

        /** Whether it was this thread that did it the last time, and has in its caches what it needs. */
        boolean lastDoneHere();
    }

    BandThreads(int threads) {
        this.others = threads - 1;
    }

    /** Has a task done once, by any of the threads. */
    synchronized void add(Task task) {
        if (started.size() < others && !closed) {
            Thread thread = factory.newThread(this::work);
            started.add(thread);
            thread.start();
        }
        ready.add(task);
        notifyAll();
    }

    private void work() {
        try {
            workUntil(() -> false);
        } catch (InterruptedIOException e) {
            // Closed.
        }
    }

    /**
     * Does tasks, or waits for some.
     *
     * @param done asked between tasks; guarded by the monitor of this
     * @throws InterruptedIOException if the thread is interrupted before; leaves its interrupt status set
     */
    void workUntil(BooleanSupplier done) throws InterruptedIOException {
        for (Task task = next(done); task != null; task = next(done)) {
            task.run();
        }
    }

    /** Null if it is done. */
    private synchronized @Nullable Task next(BooleanSupplier done) throws InterruptedIOException {
        while (!done.getAsBoolean()) {
            stopIfInterrupted();
            if (!ready.isEmpty()) {
                int own = 0;
                while (own < ready.size() && !ready.get(own).lastDoneHere()) {
                    own++;
                }
                return ready.remove(own < ready.size() ? own : 0);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return null;
    }

    /** Interrupts what runs, drops what waits, and returns when all other threads have ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            ready.clear();
        }
        started.forEach(Thread::interrupt);
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
