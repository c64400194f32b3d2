package dev.repsr.app.video;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Hands things from one thread to another, a few at a time; what goes wrong on either side ends both. */
final class Conveyor<T> {
    private final int most;
    private final Deque<T> things = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    /** @param most that wait on it */
    Conveyor(int most) {
        this.most = most;
    }

    /**
     * Puts a thing on it, and waits while it is full.
     *
     * @return whether it is still wanted
     */
    synchronized boolean put(T thing) throws InterruptedException {
        while (things.size() >= most && !closed) {
            wait();
        }
        if (!closed) {
            things.add(thing);
            notifyAll();
        }
        return !closed;
    }

    /** Nothing more comes. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nothing more comes, for this reason. */
    synchronized void fail(Throwable why) {
        failure = why;
        end();
    }

    /** Nothing more is wanted. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * The next thing, or null at the end.
     *
     * @throws IOException why nothing more comes
     */
    synchronized @Nullable T take() throws IOException, InterruptedException {
        while (things.isEmpty() && !ended) {
            wait();
        }
        T next = things.poll();
        if (next == null && failure != null) {
            throw rethrown(failure);
        }
        notifyAll();
        return next;
    }

    /** Throws why nothing more comes, if that is a failure. */
    synchronized void requireSound() throws IOException {
        if (failure != null) {
            throw rethrown(failure);
        }
    }

    /** The same failure in the thread of somebody else. */
    static IOException rethrown(Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(failure);
        };
    }
}
