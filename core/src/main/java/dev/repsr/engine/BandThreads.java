package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that compute: the reader's own while it waits for rows, and others that always do. Tasks are taken by whichever thread is
 * free. The monitor of this guards what says which tasks there are.
 */
final class BandThreads implements AutoCloseable {
    /**
     * A thread that has to wait stays ready to run for so long: the system would give two threads that wake each other up the same core,
     * and see no reason to move one.
     */
    private static final long YIELD_NANOS = 100_000;

    private final ThreadFactory factory =
            Thread.ofPlatform().daemon().name("repsr-band-", 1).factory();
    private final int others;
    private final List<Thread> started = new ArrayList<>();
    private final List<Task> ready = new ArrayList<>();
    private boolean closed;

    /** Counts what may end a wait. */
    private final AtomicInteger changes = new AtomicInteger();

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
        changed();
    }

    private void work() {
        try {
            workUntil(() -> false);
        } catch (InterruptedIOException e) {
            // Closed.
        }
    }

    /** What the threads wait for may have changed; with the monitor of this. */
    void changed() {
        changes.incrementAndGet();
        notifyAll();
    }

    /**
     * Does tasks, or waits for some.
     *
     * @param done asked between tasks; guarded by the monitor of this
     * @throws InterruptedIOException if the thread is interrupted before; leaves its interrupt status set
     */
    void workUntil(BooleanSupplier done) throws InterruptedIOException {
        while (true) {
            Task task;
            int seen;
            synchronized (this) {
                if (done.getAsBoolean()) {
                    return;
                }
                stopIfInterrupted();
                task = next();
                seen = changes.get();
            }
            if (task == null) {
                awaitChange(seen);
            } else {
                task.run();
            }
        }
    }

    private @Nullable Task next() {
        int own = 0;
        while (own < ready.size() && !ready.get(own).lastDoneHere()) {
            own++;
        }
        return ready.isEmpty() ? null : ready.remove(own < ready.size() ? own : 0);
    }

    /** Waits until there was a change since {@code seen}, or the thread is interrupted. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on whom the scheduler takes but the time.
    private void awaitChange(int seen) {
        long start = System.nanoTime();
        while (changes.get() == seen && System.nanoTime() - start < YIELD_NANOS) {
            Thread.yield();
        }
        synchronized (this) {
            try {
                while (changes.get() == seen) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
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
