package dev.repsr.server.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Lets many pictures share few processors: as many as there are seats compute, and whoever has computed for a while gives its seat to the
 * one that waits longest. So a small picture behind a large one waits for a part of it, not for all of it.
 */
final class Turns {
    private final Semaphore seats;
    private final long quantum;

    /** @param quantum for which a seat is kept while others wait */
    Turns(int seats, Duration quantum) {
        this.seats = new Semaphore(seats, true);
        this.quantum = quantum.toNanos();
    }

    /** Waits for a seat. */
    Turn take() throws InterruptedException {
        seats.acquire();
        return new Turn();
    }

    /** A seat, held by one thread. */
    final class Turn implements AutoCloseable {
        private long since = System.nanoTime();
        private boolean held = true;

        private Turn() {}

        /** Goes on; lets others go first when it is their turn. An interrupt ends the wait and stays set. */
        void pass() {
            if (!held || System.nanoTime() - since < quantum) {
                return;
            }
            if (seats.hasQueuedThreads()) {
                seats.release();
                held = false;
                try {
                    seats.acquire();
                    held = true;
                } catch (InterruptedException e) {
                    // The job looks at this before its next row.
                    Thread.currentThread().interrupt();
                }
            }
            since = System.nanoTime();
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                seats.release();
            }
        }
    }
}
