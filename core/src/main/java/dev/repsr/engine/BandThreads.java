package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    /**
     * Where threads wait between pictures, and end when none comes for a while: to start one and to wait for its end takes as long
     * as computing many rows.
     */
    private static final ExecutorService IDLE = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("repsr-band-", 1)
                    .factory());

    private final int others;
    private int joined;

    /** Threads that do a task. */
    private final List<Thread> busy = new ArrayList<>();

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
        if (joined < others && !closed) {
            IDLE.execute(this::work);
            joined++;
        }
        ready.add(task);
        changed();
    }

    private void work() {
        try {
            workUntil(() -> closed);
        } catch (InterruptedIOException e) {
            // By someone else: the other threads do what it would have done.
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
                if (task != null) {
                    busy.add(Thread.currentThread());
                }
            }
            if (task == null) {
                awaitChange(seen);
            } else {
                run(task);
            }
        }
    }

    private void run(Task task) {
        try {
            task.run();
        } finally {
            synchronized (this) {
                busy.remove(Thread.currentThread());
                if (closed) {
                    notifyAll();
                }
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

    /** Drops what waits, interrupts what runs, and returns when no other thread runs any of it. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (this) {
            closed = true;
            ready.clear();
            busy.forEach(Thread::interrupt);
            changed();
            while (!busy.isEmpty()) {
                try {
                    wait();
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
