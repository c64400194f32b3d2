package dev.repsr.app;

import dev.repsr.Upscaler;
import dev.repsr.app.folder.FolderRun;
import dev.repsr.app.folder.FolderTask;
import dev.repsr.app.folder.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs what a {@link FolderPlanner} has planned. */
final class FolderUpscale {
    private final Console console;
    private final Upscaler upscaler;
    private final UpscaleReport report;
    private final boolean resume;

    FolderUpscale(Console console, Upscaler upscaler, UpscaleReport report, boolean resume) {
        this.console = console;
        this.upscaler = upscaler;
        this.report = report;
        this.resume = resume;
    }

    /** Enlarges everything; the exit code. */
    int run(FolderPlanner planner) throws CommandFailure, IOException, InterruptedException {
        List<FolderPlanner.Group> groups = planner.groups();
        int all = groups.stream().mapToInt(group -> group.tasks().size()).sum();
        groups.forEach(group -> report.expect(group.tasks()));
        planner.refusals().forEach(refusal -> report.failed(refusal.task(), refusal.why()));
        try {
            for (FolderPlanner.Group group : groups) {
                run(group);
            }
        } catch (InterruptedException e) {
            report.stopped(all);
            throw e;
        }
        if (all == 0) {
            console.complain("there is no picture to enlarge");
        }
        return report.finish();
    }

    private void run(FolderPlanner.Group group) throws CommandFailure, IOException, InterruptedException {
        List<FolderTask> tasks = group.tasks();
        if (!group.remembered()) {
            new FolderRun(upscaler, report).run(tasks, null);
            return;
        }
        Optional<OutputFolder> opened = OutputFolder.open(group.root(), upscaler, resume);
        try (OutputFolder folder = opened.orElseThrow(() -> isHeld(group.root()))) {
            new FolderRun(upscaler, report).run(tasks, folder);
        }
    }

    static CommandFailure isHeld(Path root) {
        return new CommandFailure(
                ExitCode.FAILED, "another run is writing to " + root + "; wait for its end or name another folder");
    }
}
