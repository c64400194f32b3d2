package dev.repsr.train.step;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the parts of a piece of work: whoever is free takes the next. The calling thread is one of them, and the work is
 * done even where the others get no processor. Pieces follow each other within microseconds, so threads that wait spin for a
 * moment, then yield to whoever wants the processor, and sleep when nothing comes.
 */
final class StepThreads implements AutoCloseable {
    private static final long SPIN_NANOS = 20_000;
    private static final long YIELD_NANOS = 2_000_000;

    /** A part of a piece of work. */
    @FunctionalInterface
    interface Part {
        /**
         * Computes it.
         *
         * @param thread number of the thread that does, 0 for the caller; no two have the same at a time
         */
        void run(int part, int thread);
    }

    /** Work, and which of its parts is next. */
    private record Piece(long number, Part part, int parts, AtomicInteger next, AtomicInteger open) {
        /** Before the first. */
        static final Piece NONE = new Piece(0, (part, thread) -> {}, 0, new AtomicInteger(), new AtomicInteger());

        /** Takes parts as long as there are some. */
        void work(int thread) {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                try {
                    part.run(i, thread);
                } finally {
                    open.decrementAndGet();
                }
            }
        }
    }

    private final Thread[] others;
    private volatile Piece newest = Piece.NONE;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    StepThreads(int threads) {
        others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            int number = i + 1;
            others[i] =
                    Thread.ofPlatform().name("repsr-step-" + number).daemon().start(() -> serve(number));
        }
    }

    int threads() {
        return others.length + 1;
    }

    /**
     * Returns when all parts are done.
     *
     * @throws IllegalStateException if one of them has failed in another thread, with its failure as the cause; an error is
     *     thrown as it is
     */
    void run(int parts, Part part) {
        Piece piece = new Piece(newest.number() + 1, part, parts, new AtomicInteger(), new AtomicInteger(parts));
        if (others.length == 0 || parts == 1) {
            piece.work(0);
            return;
        }
        newest = piece;
        for (Thread thread : others) {
            LockSupport.unpark(thread);
        }
        piece.work(0);
        waitUntil(() -> piece.open().get());
        Throwable problem = failure;
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem != null) {
            throw new IllegalStateException("a thread of the training step has failed", problem);
        }
    }

    private void serve(int number) {
        long seen = 0;
        try {
            while (!closed) {
                long last = seen;
                waitUntil(() -> closed || newest.number() > last ? 0 : 1);
                Piece piece = newest;
                seen = piece.number();
                piece.work(number);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Yielding is what is wanted: another program shall have the processor rather than a thread that waits. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void waitUntil(IntSupplier left) {
        long since = System.nanoTime();
        while (left.getAsInt() > 0) {
            long waited = System.nanoTime() - since;
            if (waited < SPIN_NANOS) {
                Thread.onSpinWait();
            } else if (waited < YIELD_NANOS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(YIELD_NANOS);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : others) {
            LockSupport.unpark(thread);
        }
    }
}
