package dev.repsr.server;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread brings about; the time is a hang guard. */
public final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(2);

    private Waiting() {}

    /** Asks again and again. */
    public static void until(Duration atMost, Callable<Boolean> isSo) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isSo.call()) {
            if (System.nanoTime() > end) {
                fail("not so within " + atMost);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
