package dev.repsr.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Reads files that may be anything: a network or the one checked refusal, in little memory, and nothing else. */
final class Hostile {
    private static final long FREE_BYTES = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Hostile() {}

    /** Whether it is refused; anything but a network or a refusal, or too much memory, fails the test. */
    static boolean isRefused(String what, ModelFormat format, List<byte[]> files) {
        long size = files.stream().mapToLong(file -> file.length).sum();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String refusal = read(format, files);
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(taken).as("bytes of memory for %s", what).isLessThanOrEqualTo(size + FREE_BYTES);
        if (!refusal.isEmpty()) {
            assertThat(refusal)
                    .as(what)
                    .startsWith("hostile" + format.ending() + ": ")
                    .hasSizeLessThan(1000);
        }
        return !refusal.isEmpty();
    }

    /** What the refusal says; empty where it is a network. */
    static String read(ModelFormat format, List<byte[]> files) {
        try {
            ModelFile.read(format, files, "hostile" + format.ending());
            return "";
        } catch (ModelRefused e) {
            return String.valueOf(e.getMessage());
        }
    }
}
