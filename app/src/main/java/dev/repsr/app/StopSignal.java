package dev.repsr.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What SIGINT and SIGTERM do: the working thread is interrupted and given time to remove what is half written or to save
 * its state; then the program ends with 130.
 */
final class StopSignal {
    private static final int PATIENCE_SECONDS = 120;
    private static final int POLL_MILLIS = 50;

    private final Thread worker;
    private final StandardInput input;
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopSignal(Thread worker, StandardInput input) {
        this.worker = worker;
        this.input = input;
    }

    /** Watches over the work of this thread. */
    static StopSignal install(Thread worker, StandardInput input) {
        StopSignal signal = new StopSignal(worker, input);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop signal"));
        return signal;
    }

    /** The work is over; from now on the program ends with its own exit code. */
    void workIsOver() {
        finished.countDown();
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        worker.interrupt();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!finished.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (input.isWaiting() || System.nanoTime() - deadline > 0) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.STOPPED);
    }
}
