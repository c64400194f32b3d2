package dev.repsr.app;

import dev.repsr.UpscaleProgress;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a long job is and how long it will still take. */
final class ProgressLine implements UpscaleProgress, AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS = 250_000_000L;

    private final Console console;
    private final String name;
    private final LongSupplier nanoTime;
    private final long start;
    private long nextShow;
    private int shown;

    ProgressLine(Console console, String name, LongSupplier nanoTime) {
        this.console = console;
        this.name = name;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.nextShow = start + QUIET_NANOS;
    }

    @Override
    public void rowsDone(int rowsDone, int rows) {
        long now = nanoTime.getAsLong();
        if (now - nextShow < 0 || !console.terminal().getAsBoolean()) {
            return;
        }
        nextShow = now + PAUSE_NANOS;
        long left = Math.round((now - start) / 1e9 / rowsDone * (rows - rowsDone));
        show(name + ": " + 100L * rowsDone / rows + " %, " + duration(left) + " left");
    }

    private void show(String text) {
        console.err().print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        console.err().flush();
        shown = text.length();
    }

    /** Removes the line. */
    @Override
    public void close() {
        if (shown > 0) {
            show("");
            console.err().print("\r");
            console.err().flush();
            shown = 0;
        }
    }

    /** Seconds as people say them: 41 s, 12 min 5 s, 3 h 12 min. */
    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %d min", seconds / 3600, seconds % 3600 / 60);
    }
}
