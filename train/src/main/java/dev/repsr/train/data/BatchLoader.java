package dev.repsr.train.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prepares batches on a thread of its own, a few ahead, in buffers that are used again. Batch i is a pure function of the
 * pictures, the seed and i.
 */
public final class BatchLoader implements AutoCloseable {
    private static final int AHEAD = 3;

    private final TrainingSet pictures;
    private final PatchShape shape;
    private final SampleOrder order;
    private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private @Nullable Batch lent;
    private long waitedNanos;
    private volatile boolean closed;

    /** Starts to prepare the batches from {@code first} on, without end. */
    public BatchLoader(TrainingSet pictures, PatchShape shape, long seed, long first) {
        this.pictures = pictures;
        this.shape = shape;
        order = new SampleOrder(seed, pictures.size());
        for (int i = 0; i < AHEAD; i++) {
            free.add(shape.allocate());
        }
        thread = Thread.ofPlatform().name("repsr-batches").daemon().unstarted(() -> prepare(first));
        thread.start();
    }

    private void prepare(long first) {
        try {
            for (long iteration = first; ; iteration++) {
                Batch batch = free.take();
                shape.fill(pictures, order, iteration, batch);
                ready.put(batch);
            }
        } catch (InterruptedException e) {
            // close() asked for it.
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    /**
     * The next batch; the one before it must not be used any more.
     *
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws IllegalStateException if the thread that prepares the batches has failed, with its failure as the cause; an error is thrown
     *     as it is
     */
    public Batch next() throws InterruptedException {
        if (lent != null) {
            free.put(lent);
            lent = null;
        }
        long started = System.nanoTime();
        Batch batch = ready.poll();
        while (batch == null) {
            Throwable problem = failure;
            if (problem instanceof Error error) {
                throw error;
            }
            if (problem != null) {
                throw new IllegalStateException("the thread that prepares batches has failed", problem);
            }
            if (closed) {
                throw new IllegalStateException("closed");
            }
            batch = ready.poll(100, TimeUnit.MILLISECONDS);
        }
        waitedNanos += System.nanoTime() - started;
        lent = batch;
        return batch;
    }

    /** How long {@link #next} has waited so far, in seconds. */
    public double waitedSeconds() {
        return waitedNanos / 1e9;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
