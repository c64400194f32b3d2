package dev.repsr.app;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One line on a terminal that is written over again and again, and removed at the end. */
final class TerminalLine implements AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS = 250_000_000L;

    private final Console console;
    private final LongSupplier nanoTime;
    private final long start;
    private long nextShow;
    private int shown;

    TerminalLine(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.nextShow = start + QUIET_NANOS;
    }

    /** Seconds since this was made. */
    double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }

    /** Shows the text if the last one was shown long enough and somebody watches. */
    void show(Supplier<String> text) {
        long now = nanoTime.getAsLong();
        if (now - nextShow < 0 || !console.terminal().getAsBoolean()) {
            return;
        }
        nextShow = now + PAUSE_NANOS;
        put(text.get());
    }

    /** Shows the text at once, for those who know themselves when it is time and that somebody watches. */
    void put(String text) {
        console.err().print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        console.err().flush();
        shown = text.length();
    }

    /** Makes room for something else; the next text is shown again. */
    void clear() {
        if (shown > 0) {
            put("");
            console.err().print("\r");
            console.err().flush();
            shown = 0;
        }
    }

    /** Removes the line. */
    @Override
    public void close() {
        clear();
    }
}
