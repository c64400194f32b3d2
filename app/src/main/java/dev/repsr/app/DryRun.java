package dev.repsr.app;

import dev.repsr.ModelFolders;
import dev.repsr.OutputRefused;
import dev.repsr.Treatment;
import dev.repsr.UpscalePlan;
import dev.repsr.Upscaler;
import dev.repsr.app.folder.FolderTask;
import dev.repsr.image.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a run would do, by the headers of its inputs, and how long it would take, by a short trial. */
final class DryRun {
    private static final double MEGA = 1e6;

    private final Console console;
    private final CommonOptions common;
    private final Upscaler upscaler;
    private final UpscaleReport report;

    private final Map<Kind, UpscaleTrial> trials = new HashMap<>();

    private final double startSeconds = startSeconds();

    private int files;
    private double seconds;
    private double megapixels;
    private long bytes;

    /** What pictures that take as long have in common. */
    private record Kind(String model, String engine, Treatment treatment, int channels, ImageType output) {}

    DryRun(Console console, CommonOptions common, Upscaler upscaler, UpscaleReport report) {
        this.console = console;
        this.common = common;
        this.upscaler = upscaler;
        this.report = report;
    }

    /** From the start of this process to here, which a run takes, too; nothing where no start script has started it for this command. */
    private static double startSeconds() {
        if (System.getProperty(ModelFolders.HOME) == null) {
            return 0;
        }
        return ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, Instant.now()))
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    /** Looks at all inputs; the exit code that a run would have for what headers can tell. */
    int run(List<FolderTask> tasks) throws IOException {
        for (FolderTask task : tasks) {
            try {
                one(task);
                report.planned();
            } catch (IOException e) {
                report.failed(task, e);
            }
        }
        total();
        return report.finish();
    }

    private void one(FolderTask task) throws IOException {
        OutputRefused.requirePossibleName(task.output());
        boolean exists = Files.exists(task.output()) && !upscaler.options().overwrite();
        if (task.isComic()) {
            files++;
            say(task, Map.of("comic", true), task.output() + ": a comic archive" + note(exists));
            return;
        }
        UpscalePlan plan = task.plan(upscaler);
        ImageType type = task.type();
        double own = seconds(plan, type == null ? ImageType.PNG : type);
        files++;
        seconds += own;
        bytes = Math.max(bytes, plan.mostBytes());
        megapixels += (double) plan.output().width() * plan.output().height() / MEGA;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", plan.treatment().byNetwork() ? plan.model() : "");
        facts.put("width", plan.output().width());
        facts.put("height", plan.output().height());
        facts.put("resampled", plan.treatment().resamples());
        facts.put("copied", plan.treatment() == Treatment.COPIED);
        facts.put("memory_bytes", plan.mostBytes());
        facts.put("least_memory_bytes", plan.leastBytes());
        facts.put("seconds", own);
        facts.put("exists", exists);
        say(task, facts, sentence(task, plan, own) + note(exists));
    }

    private void say(FolderTask task, Map<String, Object> facts, String sentence) {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", task.input().toString());
            line.put("output", task.output().toString());
            line.putAll(facts);
            line.put("dry_run", true);
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(sentence);
        }
    }

    private static String sentence(FolderTask task, UpscalePlan plan, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s: %dx%d becomes %dx%d, %s, %.1f s, %s",
                task.output(),
                plan.input().width(),
                plan.input().height(),
                plan.output().width(),
                plan.output().height(),
                switch (plan.treatment()) {
                    case ENLARGED -> plan.model();
                    case RESAMPLED -> plan.model() + " and resampled";
                    case REDUCED -> "reduced";
                    case COPIED -> "copied";
                },
                seconds,
                ByteSize.words(plan.mostBytes()));
    }

    private static String note(boolean exists) {
        return exists ? "; there is such a file already" : "";
    }

    private void total() {
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("dry_run", true);
            line.put("files", files);
            line.put("megapixels", megapixels);
            line.put("memory_bytes", bytes);
            line.put("seconds", seconds);
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(String.format(
                    Locale.ROOT,
                    "%d %s, %.1f megapixels to be written, about %s with %d threads%s; nothing was written",
                    files,
                    files == 1 ? "file" : "files",
                    megapixels,
                    ProgressLine.duration(Math.round(seconds)),
                    upscaler.options().threads(),
                    bytes == 0 ? "" : ", " + ByteSize.words(bytes) + " for the largest"));
        }
    }

    /** The first picture takes longer, and those of one kind are tried once. */
    private double seconds(UpscalePlan plan, ImageType output) throws IOException {
        if (!plan.treatment().byNetwork()) {
            return 0;
        }
        Kind kind = new Kind(
                plan.model(), plan.engine(), plan.treatment(), plan.input().channels(), output);
        UpscaleTrial known = trials.get(kind);
        double start = 0;
        if (known == null) {
            known = UpscaleTrial.of(upscaler, plan, output);
            start = trials.isEmpty() ? startSeconds + known.startSeconds() : 0;
            trials.put(kind, known);
        }
        return start + known.seconds(plan.input());
    }
}
