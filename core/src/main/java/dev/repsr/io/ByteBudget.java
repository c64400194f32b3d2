package dev.repsr.io;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Memory that several jobs share: each takes what it needs, waiting in turn until others have given enough back. */
public final class ByteBudget {
    private static final long UNIT = 1L << 16;

    private final int units;
    private final Semaphore free;

    /**
     * A budget of which nothing is taken.
     *
     * @param bytes to be shared, at least 1
     */
    public ByteBudget(long bytes) {
        this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(units, true);
    }

    /** A part of the budget, given back by closing it. */
    public final class Part implements AutoCloseable {
        private final int taken;

        private Part(int taken) {
            this.taken = taken;
        }

        @Override
        public void close() {
            free.release(taken);
        }
    }

    /** Takes {@code bytes} if they are free now, else nothing; who asks for more than all of it asks for all of it. */
    public Optional<Part> tryTake(long bytes) {
        int wanted = units(bytes);
        return free.tryAcquire(wanted) ? Optional.of(new Part(wanted)) : Optional.empty();
    }

    /** All that is shared, in whole units. */
    public long bytes() {
        return units * UNIT;
    }

    /** What is taken now. */
    public long takenBytes() {
        return (units - free.availablePermits()) * UNIT;
    }

    private int units(long bytes) {
        return Math.clamp(Math.ceilDiv(bytes, UNIT), 1, units);
    }

    /** Waits for {@code bytes}; who asks for more than all of it gets all of it. */
    public Part take(long bytes) throws InterruptedException {
        int wanted = units(bytes);
        free.acquire(wanted);
        return new Part(wanted);
    }
}
