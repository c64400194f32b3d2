package dev.repsr.image;

import dev.repsr.image.DecodeBorder.Decoding;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a decoder that is not ours in a thread of its own, so that its caller is free when the time is over. The thread is
 * interrupted then, which ends a decoder that still reads; one that hangs without reading can only be ended together with a
 * process ({@link DecodeWorkers}).
 */
final class DecodeThread {
    private DecodeThread() {}

    /**
     * Runs {@code decoding} and waits for it until the deadline. An interrupt of the waiting thread is kept for later.
     *
     * @throws ImageRefused what the border made of the decoder's failure, or that it took too long
     */
    static <T> T run(String name, Deadline deadline, Decoding<T> decoding) throws ImageRefused {
        FutureTask<T> task = new FutureTask<>(() -> DecodeBorder.within(name, decoding));
        Thread.ofPlatform().daemon().name("repsr-decoder").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            task.cancel(true);
            ImageRefused refused = deadline.refusal(name);
            refused.addSuppressed(e);
            throw refused;
        } catch (ExecutionException e) {
            throw refusal(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The border lets nothing else pass but errors of the machine, which are passed on. */
    private static ImageRefused refusal(ExecutionException failure) {
        return switch (failure.getCause()) {
            case ImageRefused refused -> refused;
            case Error error -> throw error;
            case null -> throw new IllegalStateException(failure);
            default -> throw new IllegalStateException(failure);
        };
    }
}
