package dev.repsr.app;

import dev.repsr.UpscaleResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what became of each input, lists the refused ones at the end and settles the exit code. */
final class UpscaleReport {
    private final Console console;
    private final CommonOptions common;
    private final List<String> failures = new ArrayList<>();
    private int inputs;
    private boolean refused;
    private boolean failed;

    UpscaleReport(Console console, CommonOptions common) {
        this.console = console;
        this.common = common;
    }

    /** One output is whole. */
    void done(OutputPlan.Target target, UpscaleResult result) {
        inputs++;
        result.warnings().forEach(warning -> console.complain("warning: " + warning));
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
                result.model(),
                result.millis() / 1000.0);
    }

    private static Map<String, Object> json(OutputPlan.Target target, UpscaleResult result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("input", target.input());
        line.put("output", target.output());
        line.put("model", result.model());
        line.put("scale", result.scale());
        line.put("width", result.width());
        line.put("height", result.height());
        line.put("millis", result.millis());
        line.put("engine", result.engine());
        line.put("memory_bytes", result.memoryBytes());
        line.put("warnings", result.warnings());
        return line;
    }

    /** One input was refused, or its output could not be written; the others go on. */
    void failed(OutputPlan.Target target, IOException failure) {
        inputs++;
        if (Failures.exitCode(failure) == ExitCode.REFUSED) {
            refused = true;
        } else {
            failed = true;
        }
        String sentence = Failures.sentence(failure);
        failures.add(sentence);
        if (common.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", target.input());
            line.put("refused", Failures.reason(failure));
            line.put("message", sentence);
            JsonLines.print(console.out(), line);
        }
    }

    /** Lists what failed; the exit code of the whole run. */
    int finish() {
        if (inputs > 1 && !failures.isEmpty()) {
            console.complain(failures.size() + " of " + inputs + " inputs were not enlarged:");
        }
        failures.forEach(console::complain);
        if (failed) {
            return ExitCode.FAILED;
        }
        return refused ? ExitCode.REFUSED : ExitCode.OK;
    }
}
