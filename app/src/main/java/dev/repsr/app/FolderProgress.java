package dev.repsr.app;

import dev.repsr.UpscaleResult;
import dev.repsr.app.folder.FolderTask;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that says how far a run over many pictures is: pictures, megapixels a second, time left. */
final class FolderProgress {
    private static final double MEGA = 1e6;

    private final TerminalLine line;
    private int all;
    private int ended;
    private long allBytes;
    private long skippedBytes;
    private long doneBytes;
    private double megapixels;

    FolderProgress(Console console, LongSupplier nanoTime) {
        this.line = new TerminalLine(console, nanoTime);
    }

    /** More inputs are to come. */
    void expect(List<FolderTask> tasks) {
        all += tasks.size();
        allBytes += tasks.stream().mapToLong(FolderTask::bytes).sum();
    }

    /** A picture was written. */
    void done(FolderTask task, UpscaleResult result) {
        megapixels += (double) result.width() * result.height() / MEGA;
        done(task);
    }

    /** An input was worked on to its end. */
    void done(FolderTask task) {
        doneBytes += task.bytes();
        ended++;
        show();
    }

    /** An input took next to no time. */
    void skipped(FolderTask task) {
        skippedBytes += task.bytes();
        ended++;
        show();
    }

    private void show() {
        if (ended < all) {
            line.show(() -> text(line.seconds()));
        }
    }

    /** The time left is reckoned by the sizes of the files, since headers are read only when their turn comes. */
    String text(double seconds) {
        String soFar = String.format(
                Locale.ROOT, "%d of %d, %.1f megapixels/s", ended, all, seconds > 0 ? megapixels / seconds : 0);
        if (doneBytes == 0) {
            return soFar;
        }
        long left = allBytes - doneBytes - skippedBytes;
        return soFar + ", " + ProgressLine.duration(Math.round(seconds / doneBytes * left)) + " left";
    }

    void clear() {
        line.clear();
    }
}
