package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that compute; each does what it is given in order. One thread is the caller's own. */
final class BandThreads implements AutoCloseable {
    private final ThreadFactory factory =
            Thread.ofPlatform().daemon().name("repsr-band-", 1).factory();
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final List<Executor> members = new ArrayList<>();

    BandThreads(int threads) {
        for (int i = 0; i < threads; i++) {
            members.add(threads == 1 ? Runnable::run : Executors.newSingleThreadExecutor(this::start));
        }
    }

    private Thread start(Runnable task) {
        Thread thread = factory.newThread(task);
        started.add(thread);
        return thread;
    }

    /** Gives a task to one of them, 0 for the first. */
    void execute(int member, Runnable task) {
        members.get(member).execute(task);
    }

    /** Interrupts what runs, drops what waits, and returns when all threads have ended. */
    @Override
    public void close() {
        for (Executor member : members) {
            if (member instanceof ExecutorService service) {
                service.shutdownNow();
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
