package dev.repsr.app;

import dev.repsr.UpscaleProgress;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a long job is and how long it will still take. */
final class ProgressLine implements UpscaleProgress, AutoCloseable {
    private final String name;
    private final TerminalLine line;

    ProgressLine(Console console, String name, LongSupplier nanoTime) {
        this.name = name;
        this.line = new TerminalLine(console, nanoTime);
    }

    @Override
    public void rowsDone(int rowsDone, int rows) {
        line.show(() -> {
            long left = Math.round(line.seconds() / rowsDone * (rows - rowsDone));
            return name + ": " + 100L * rowsDone / rows + " %, " + duration(left) + " left";
        });
    }

    /** Removes the line. */
    @Override
    public void close() {
        line.close();
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
