package dev.repsr.app;

import dev.repsr.app.video.FilmRun;
import java.util.Locale;

/** One line on a terminal that says how far a film is: frames, frames a second, time left, size so far. */
final class FilmProgress implements FilmRun.Listener {
    private final TerminalLine line;
    private long before = -1;

    FilmProgress(TerminalLine line) {
        this.line = line;
    }

    @Override
    public void frame(long done, long all, long bytes) {
        if (before < 0) {
            before = done - 1;
        }
        line.show(() -> text(done, all, bytes, line.seconds()));
    }

    /** What an earlier run has done took no time in this one. */
    String text(long done, long all, long bytes, double seconds) {
        double rate = (done - before) / seconds;
        String text =
                "frame " + done + (all > 0 ? " of " + all : "") + String.format(Locale.ROOT, ", %.1f frames/s", rate);
        if (all > done && rate > 0) {
            text += ", " + ProgressLine.duration(Math.round((all - done) / rate)) + " left";
        }
        return text + String.format(Locale.ROOT, ", %.1f MB so far", bytes / 1e6);
    }
}
