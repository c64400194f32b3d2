package dev.repsr.app;

import dev.repsr.UpscaleResult;
import dev.repsr.app.folder.FolderTask;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Of inputs in hand: bytes that are dealt with. */
    private final Map<FolderTask, Double> inHand = new HashMap<>();

    private double megapixels;

    FolderProgress(Console console, LongSupplier nanoTime) {
        this.line = new TerminalLine(console, nanoTime);
    }

    /** More inputs are to come. */
    void expect(List<FolderTask> tasks) {
        all += tasks.size();
        allBytes += tasks.stream().mapToLong(FolderTask::bytes).sum();
    }

    /** An input is being worked on. */
    void working(FolderTask task, double share) {
        inHand.put(task, share * task.bytes());
        show();
    }

    /** A picture was written. */
    void done(FolderTask task, UpscaleResult result) {
        megapixels += (double) result.width() * result.height() / MEGA;
        done(task);
    }

    /** An input was worked on to its end. */
    void done(FolderTask task) {
        inHand.remove(task);
        doneBytes += task.bytes();
        ended++;
        show();
    }

    /** An input took next to no time. */
    void skipped(FolderTask task) {
        inHand.remove(task);
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
        String soFar = ended + " of " + all;
        if (megapixels > 0 && seconds > 0) {
            soFar += String.format(Locale.ROOT, ", %.1f megapixels/s", megapixels / seconds);
        }
        double worked =
                doneBytes + inHand.values().stream().mapToDouble(bytes -> bytes).sum();
        if (worked == 0) {
            return soFar;
        }
        double left = allBytes - skippedBytes - worked;
        return soFar + ", " + ProgressLine.duration(Math.round(seconds / worked * left)) + " left";
    }

    void clear() {
        line.clear();
    }
}
