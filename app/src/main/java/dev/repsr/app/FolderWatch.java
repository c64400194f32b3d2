package dev.repsr.app;

import dev.repsr.Upscaler;
import dev.repsr.app.folder.FolderRun;
import dev.repsr.app.folder.FolderTask;
import dev.repsr.app.folder.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder run that goes on: it looks into its folders again and again, and enlarges what is there, each file once. A file is whole when
 * it is the same at two looks. A signal lets the pictures in hand be finished, and ends the run.
 */
final class FolderWatch {
    private static final long PAUSE_MILLIS = 1000;

    /** Endings under which programs write a file before they give it its name. */
    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".temp", ".download", ".crdownload");

    private final Console console;
    private final Upscaler upscaler;
    private final UpscaleReport report;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<Path, OutputFolder> folders = new HashMap<>();
    private final Map<Path, Look> looks = new HashMap<>();
    private final Set<Path> refused = new HashSet<>();
    private @Nullable FolderRun running;

    /** What a file looked like, and whether it has been dealt with. */
    private record Look(long bytes, long modified, boolean dealtWith) {
        boolean isSame(Look other) {
            return bytes == other.bytes && modified == other.modified;
        }
    }

    /** Says what lies in the folders now, and where it is to go. */
    @FunctionalInterface
    interface Planning {
        FolderPlanner plan() throws CommandFailure, IOException;
    }

    FolderWatch(Console console, Upscaler upscaler, UpscaleReport report) {
        this.console = console;
        this.upscaler = upscaler;
        this.report = report;
    }

    /** Goes on until a signal; the exit code. */
    int run(Planning planning) throws CommandFailure, IOException, InterruptedException {
        console.stopSignal().endsWith(ExitCode.OK);
        Runnable before = console.stopSignal().replace(this::drain);
        try {
            do {
                FolderPlanner planner = planning.plan();
                for (FolderPlanner.Refusal refusal : planner.refusals()) {
                    if (refused.add(refusal.task().input())) {
                        report.failed(refusal.task(), refusal.why());
                    }
                }
                Set<Path> there = new HashSet<>();
                for (FolderPlanner.Group group : planner.groups()) {
                    group.tasks().forEach(task -> there.add(task.input()));
                    run(group);
                }
                looks.keySet().retainAll(there);
                report.listFailures();
            } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            console.stopSignal().replace(before);
            for (OutputFolder folder : folders.values()) {
                folder.close();
            }
        }
        return report.finish();
    }

    private void run(FolderPlanner.Group group) throws CommandFailure, IOException, InterruptedException {
        OutputFolder folder = folder(group.root());
        List<FolderTask> whole = new ArrayList<>();
        for (FolderTask task : group.tasks()) {
            if (isWhole(task.input())) {
                whole.add(task);
            }
        }
        FolderRun run = new FolderRun(upscaler, report);
        if (!whole.isEmpty() && begin(run)) {
            report.beginAnew();
            report.expect(whole);
            run.run(whole, folder);
        }
    }

    private OutputFolder folder(Path root) throws CommandFailure, IOException {
        OutputFolder known = folders.get(root);
        if (known != null) {
            return known;
        }
        Optional<OutputFolder> opened = OutputFolder.open(root, upscaler, true);
        OutputFolder folder = opened.orElseThrow(() -> FolderUpscale.isHeld(root));
        folders.put(root, folder);
        return folder;
    }

    /** Whether a file is the same as before and has not been dealt with; then it is, from now on. */
    private boolean isWhole(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (UNFINISHED.stream().anyMatch(name::endsWith)) {
            return false;
        }
        Look now;
        try {
            now = new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis(), false);
        } catch (NoSuchFileException e) {
            // Gone since it was found.
            looks.remove(file);
            return false;
        }
        Look last = looks.get(file);
        if (last == null || !last.isSame(now)) {
            looks.put(file, now);
            return false;
        }
        looks.put(file, new Look(now.bytes(), now.modified(), true));
        return !last.dealtWith();
    }

    /** False if there is nothing to begin any more. */
    private synchronized boolean begin(FolderRun run) {
        running = run;
        return stop.getCount() > 0;
    }

    private synchronized void drain() {
        stop.countDown();
        if (running != null) {
            running.beginNoMore();
        }
    }
}
