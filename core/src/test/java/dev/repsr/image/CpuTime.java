package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/** Holds work to a limit of the processor's time, which does not depend on what else the machine does. */
final class CpuTime {
    private CpuTime() {}

    /** Runs {@code work} in this thread. */
    static void assertAtMost(Duration limit, Executable work) throws Throwable {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.execute();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThanOrEqualTo(limit);
    }
}
