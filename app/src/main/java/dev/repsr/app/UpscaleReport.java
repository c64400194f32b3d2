package dev.repsr.app;

import dev.repsr.Treatment;
import dev.repsr.UpscaleResult;
import dev.repsr.app.folder.ComicResult;
import dev.repsr.app.folder.FolderListener;
import dev.repsr.app.folder.FolderTask;
import dev.repsr.image.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells what became of each input, lists the refused ones at the end and settles the exit code. */
final class UpscaleReport implements FolderListener {
    private final Console console;
    private final CommonOptions common;
    private final String asked;
    private final Set<String> options;
    private FolderProgress progress;
    private final LargeOutputs large = new LargeOutputs();
    private final List<String> failures = new ArrayList<>();
    private int inputs;
    private int resumed;
    private boolean refused;
    private boolean failed;
    private boolean disagreed;

    /**
     * Begins a report.
     *
     * @param asked the enlargement asked for as a number, or nothing where sizes in pixels were
     * @param options that may be advised
     */
    UpscaleReport(Console console, CommonOptions common, String asked, Set<String> options) {
        this.console = console;
        this.common = common;
        this.asked = asked;
        this.options = options;
        this.progress = new FolderProgress(console, System::nanoTime);
    }

    /** Shows on a terminal how far these are. */
    void expect(List<FolderTask> tasks) {
        if (!common.quiet && !common.json) {
            progress.expect(tasks);
        }
    }

    @Override
    public void working(FolderTask task, double share) {
        progress.working(task, share);
    }

    @Override
    public void enlarged(FolderTask task, UpscaleResult result) {
        progress.clear();
        done(target(task), result);
        progress.done(task, result);
    }

    @Override
    public void comic(FolderTask task, ComicResult result) {
        progress.clear();
        inputs++;
        List<String> left = result.refusals().stream()
                .map(refusal -> Failures.sentence(refusal, options) + "; it was left as it was")
                .toList();
        failures.addAll(left);
        refused |= !left.isEmpty();
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", task.input().toString());
            line.put("output", task.output().toString());
            line.put("model", result.model());
            line.put("pages", result.pages());
            line.put("millis", result.millis());
            line.put("warnings", left);
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(String.format(
                    Locale.ROOT, "%s: %d pages, %.1f s", task.output(), result.pages(), result.millis() / 1000.0));
        }
        progress.done(task);
    }

    @Override
    public void resumed(FolderTask task) {
        inputs++;
        resumed++;
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", task.input().toString());
            line.put("output", task.output().toString());
            line.put("resumed", true);
            JsonLines.print(console.out(), line);
        }
        progress.skipped(task);
    }

    @Override
    public void failed(FolderTask task, Exception failure) {
        progress.clear();
        failed(target(task), failure);
        progress.skipped(task);
    }

    private static OutputPlan.Target target(FolderTask task) {
        return new OutputPlan.Target(
                task.input().toString(),
                task.output().toString(),
                task.type() == null ? dev.repsr.image.ImageType.PNG : task.type());
    }

    /** One output is whole. */
    void done(OutputPlan.Target target, UpscaleResult result) {
        inputs++;
        large.add(target);
        result.warnings().forEach(warning -> console.complain("warning: " + warning));
        // The usual network needs no remark: the line of the result names it.
        boolean remarkable = !result.choice().isEmpty() && !result.choice().equals(Condition.NOTHING_FOUND);
        if (remarkable && !common.json && !common.quiet) {
            console.complain(target.input() + ": " + result.choice() + ", so " + result.model()
                    + " is taken; -m clean or -m photo chooses");
        }
        if (common.json) {
            JsonLines.print(console.out(), json(target, result));
        } else if (!common.quiet) {
            if (target.isToStandardOutput()) {
                console.err().println(sentence(result));
            } else {
                console.say(sentence(result));
            }
        }
    }

    private static String sentence(UpscaleResult result) {
        return String.format(
                Locale.ROOT,
                "%s: %dx%d, %s, %.1f s",
                result.output().equals(OutputPlan.STANDARD) ? "standard output" : result.output(),
                result.width(),
                result.height(),
                switch (result.treatment()) {
                    case ENLARGED -> result.model();
                    case RESAMPLED -> result.model() + " (" + result.scale() + " times) and resampled";
                    case REDUCED -> "larger already, reduced";
                    case COPIED -> "of this size already, copied";
                },
                result.millis() / 1000.0);
    }

    private Map<String, Object> json(OutputPlan.Target target, UpscaleResult result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("input", target.input());
        line.put("output", target.output());
        line.put("model", result.model());
        line.put("scale", scale(result));
        line.put("width", result.width());
        line.put("height", result.height());
        line.put("millis", result.millis());
        line.put("engine", result.engine());
        line.put("choice", result.choice());
        line.put("memory_bytes", result.memoryBytes());
        line.put("resampled", result.treatment().resamples());
        line.put("copied", result.treatment() == Treatment.COPIED);
        line.put("warnings", result.warnings());
        return line;
    }

    /** A whole number as one. */
    private Number scale(UpscaleResult result) {
        if (asked.isEmpty() || result.treatment() != Treatment.RESAMPLED) {
            return result.scale();
        }
        double times = Double.parseDouble(asked);
        return times == Math.rint(times) ? (Number) (int) times : (Number) times;
    }

    /** One input could be enlarged; nothing was done. */
    void planned() {
        inputs++;
    }

    /** One input was refused, or its output could not be written; the others go on. */
    void failed(OutputPlan.Target target, Exception failure) {
        inputs++;
        switch (Failures.exitCode(failure)) {
            case ExitCode.REFUSED -> refused = true;
            case ExitCode.CHECK -> disagreed = true;
            default -> failed = true;
        }
        String sentence = Failures.sentence(failure, options);
        failures.add(sentence);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", target.input());
            line.put("refused", Failures.reason(failure));
            line.put("message", sentence);
            JsonLines.print(console.out(), line);
        }
    }

    /** Says how far a run was when it was stopped. */
    void stopped(int all) {
        progress.clear();
        console.complain(inputs + " of " + all
                + " inputs are dealt with, no half file is left; the same command goes on from here");
    }

    /** What comes next is reckoned by itself: there may have been nothing to do for hours. */
    void beginAnew() {
        progress = new FolderProgress(console, System::nanoTime);
    }

    /** Lists what has failed since the last list. */
    void listFailures() {
        progress.clear();
        if (inputs > 1 && !failures.isEmpty()) {
            console.complain(failures.size() + " of " + inputs + " inputs were not enlarged:");
        }
        failures.forEach(console::complain);
        failures.clear();
    }

    /** Lists what failed; the exit code of the whole run. */
    int finish() {
        progress.clear();
        if (resumed > 0 && !common.json && !common.quiet) {
            console.say(resumed + " of " + inputs + " were there already from an earlier run with the same settings");
        }
        if (!common.json && !common.quiet) {
            large.remark().ifPresent(console::complain);
        }
        listFailures();
        if (disagreed) {
            return ExitCode.CHECK;
        }
        if (failed) {
            return ExitCode.FAILED;
        }
        return refused ? ExitCode.REFUSED : ExitCode.OK;
    }
}
