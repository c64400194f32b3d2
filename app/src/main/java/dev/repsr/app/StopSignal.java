package dev.repsr.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What SIGINT and SIGTERM do: the work is asked to end and given time to remove what is half written or to save its state;
 * then the program ends with 130, or with another code where a verb is meant to be ended so.
 */
final class StopSignal {
    private static final int PATIENCE_SECONDS = 120;
    private static final int POLL_MILLIS = 50;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Runnable action;
    private volatile int exitCode = ExitCode.STOPPED;

    /** Asks work to end by interrupting its thread. */
    StopSignal(Thread worker) {
        action = worker::interrupt;
    }

    /** From now on {@code next} asks the work to end; gives what did so before. */
    Runnable replace(Runnable next) {
        Runnable before = action;
        action = next;
        return before;
    }

    /** From now on a signal is how the work is meant to end: the program then ends with this instead of 130. */
    void endsWith(int code) {
        exitCode = code;
    }

    /** Asks the work to end, as a signal does. */
    void stop() {
        action.run();
    }

    /** Lets the signals stop the work; a thread that waits for standard input is not waited for. */
    void install(StandardInput input) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndHalt(input), "stop signal"));
    }

    /** The work is over; from now on the program ends with its own exit code. */
    void workIsOver() {
        finished.countDown();
    }

    private void stopAndHalt(StandardInput input) {
        if (finished.getCount() == 0) {
            return;
        }
        stop();
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
        Runtime.getRuntime().halt(finished.getCount() == 0 ? exitCode : ExitCode.STOPPED);
    }
}
