package dev.repsr.train.study;

import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Points;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All runs of a study as comma-separated values, a line each, and what they come to. */
final class RunTable {
    private RunTable() {}

    static String csv(RunStore<RunRecord> store) {
        List<String> sets = List.copyOf(store.head().pictures().keySet());
        StringBuilder text = new StringBuilder(
                "key,stage,size,arm,seed,rate,iterations,engine,core_seconds,step_ms,parameters,receipt,set_fall,picture_fall");
        for (String set : sets) {
            text.append(',').append(quoted("psnr_y " + set)).append(',').append(quoted("psnr_rgb " + set));
        }
        text.append(",failure,settings\n");
        for (RunRecord run : store.all()) {
            List<String> cells = new ArrayList<>(List.of(
                    run.key(),
                    quoted(run.stage()),
                    quoted(run.size()),
                    quoted(run.arm()),
                    Long.toString(run.seed()),
                    PlannedRun.number(run.rate()),
                    Long.toString(run.iterations()),
                    run.engine(),
                    Double.toString(run.coreSeconds()),
                    Double.toString(run.stepMillis()),
                    Long.toString(run.parameters()),
                    String.format(Locale.ROOT, "%.1e", run.receipt()),
                    Double.toString(run.fall().set()),
                    Double.toString(run.fall().picture())));
            for (String set : sets) {
                RunRecord.Score score = run.sets().get(set);
                cells.add(score == null ? "" : Double.toString(score.y()));
                cells.add(score == null ? "" : Double.toString(score.rgb()));
            }
            cells.add(quoted(run.failure()));
            cells.add(quoted(run.settings()));
            text.append(String.join(",", cells)).append('\n');
        }
        return text.toString();
    }

    /**
     * Runs that differ in their seeds alone.
     *
     * @param settings the first seed's
     * @param psnrY by set
     * @param psnrRgb by set
     */
    record Group(
            String size,
            String arm,
            double rate,
            long iterations,
            String settings,
            int seeds,
            Map<String, Figure> psnrY,
            Map<String, Figure> psnrRgb,
            Figure coreSeconds,
            Figure stepMillis) {}

    /**
     * A figure over the seeds.
     *
     * @param deviation over the seeds; null with one alone
     */
    record Figure(double mean, @Nullable Double deviation) {
        static Figure of(Sample sample) {
            return new Figure(
                    RunRecord.rounded(sample.mean()), sample.size() < 2 ? null : RunRecord.rounded(sample.deviation()));
        }
    }

    /** What a study found: its sentences, and all runs that did more than choose a rate. */
    record Summary(String study, List<String> answers, List<Group> arms) {}

    static Summary summary(RunStore<RunRecord> store, Document document) {
        Map<List<Object>, List<RunRecord>> groups = new LinkedHashMap<>();
        for (RunRecord run : store.all()) {
            if (!run.curve().isEmpty() && !run.failed()) {
                groups.computeIfAbsent(
                                List.of(run.size(), run.arm(), run.rate(), run.iterations()), key -> new ArrayList<>())
                        .add(run);
            }
        }
        List<String> answers = document.parts().stream()
                .flatMap(part -> part instanceof Points points ? points.sentences().stream() : Stream.of())
                .toList();
        return new Summary(
                store.head().study(),
                answers,
                groups.values().stream().map(runs -> group(store, runs)).toList());
    }

    private static Group group(RunStore<RunRecord> store, List<RunRecord> runs) {
        RunRecord first = runs.getFirst();
        ArmRuns all = new ArmRuns(new Arm(first.arm(), List.of()), first.rate(), runs);
        Map<String, Figure> luma = new LinkedHashMap<>();
        Map<String, Figure> rgb = new LinkedHashMap<>();
        for (String set : store.head().pictures().keySet()) {
            luma.put(set, Figure.of(all.luma(set)));
            rgb.put(set, Figure.of(all.rgb(set)));
        }
        return new Group(
                first.size(),
                first.arm(),
                first.rate(),
                first.iterations(),
                first.settings(),
                runs.size(),
                luma,
                rgb,
                Figure.of(all.coreSeconds()),
                Figure.of(all.stepMillis()));
    }

    /** RFC 4180. */
    static String quoted(String field) {
        return field.matches("[^,\"\\v]*")
                ? field
                : '"' + field.replaceAll("\\v", " ").replace("\"", "\"\"") + '"';
    }
}
