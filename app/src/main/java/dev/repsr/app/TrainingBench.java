package dev.repsr.app;

import dev.repsr.app.BenchTrainCommand.Net;
import dev.repsr.train.StepWork;
import dev.repsr.train.TrainingSpeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures steps of training for the command line; loaded only when training is there. */
final class TrainingBench {
    private TrainingBench() {}

    /** Measures and says all; the exit code. */
    static int run(Console console, CommonOptions common, List<Net> nets) throws IOException {
        StepWork.Kind[] kinds = StepWork.Kind.values();
        if (!common.quiet) {
            console.err()
                    .println("repsr: measuring " + nets.size() * kinds.length
                            + " kinds of steps, four seconds each and more for large networks");
        }
        List<Object> all = new ArrayList<>();
        for (Net net : nets) {
            for (StepWork.Kind kind : kinds) {
                TrainingSpeed speed =
                        TrainingSpeed.measure(net.body(), net.channels(), net.scale(), kind, common.threads(1));
                all.add(facts(speed));
                if (!common.json) {
                    console.say(sentence(speed));
                }
            }
        }
        if (common.json) {
            JsonLines.print(console.out(), Map.of("steps", all));
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> facts(TrainingSpeed speed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("network", speed.network());
        facts.put("scale", speed.scale());
        facts.put("step", speed.kind().name().toLowerCase(Locale.ROOT));
        facts.put("threads", speed.threads());
        facts.put("ms_median", speed.millis());
        facts.put("it_per_s", 1000 / speed.millis());
        facts.put("gflops", speed.gflops());
        if (speed.peakGflops() > 0) {
            facts.put("peak_gflops", speed.peakGflops());
            facts.put("peak_share", speed.peakShare());
        }
        return facts;
    }

    private static String sentence(TrainingSpeed speed) {
        String peak = speed.peakGflops() > 0
                ? String.format(Locale.ROOT, ", %.2f of the peak of %.0f", speed.peakShare(), speed.peakGflops())
                : "; the Vector API is absent, so the processor's peak is not known";
        return String.format(
                Locale.ROOT,
                "%s x%d, %s, threads %d: %.1f ms a step, %.1f steps/s, %.0f GFLOP/s%s",
                speed.network(),
                speed.scale(),
                speed.kind().label(),
                speed.threads(),
                speed.millis(),
                1000 / speed.millis(),
                speed.gflops(),
                peak);
    }
}
