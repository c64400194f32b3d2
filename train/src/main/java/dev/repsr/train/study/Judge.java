package dev.repsr.train.study;

import dev.repsr.train.report.Curve;
import dev.repsr.train.report.CurveChart;
import dev.repsr.train.report.Document.Part;
import dev.repsr.train.report.Document.Plot;
import dev.repsr.train.report.Document.Table;
import dev.repsr.train.study.Sample.Noise;
import dev.repsr.train.study.Sample.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares arms of one size that were run with the same seeds.
 *
 * @param sets that are reported, the main one first
 * @param arms all of them; they share one estimate of what seeds make
 */
record Judge(List<String> sets, List<ArmRuns> arms) {
    private static final int ITERATIONS = 0;
    private static final int CORE_SECONDS = 1;
    private static final int PSNR = 2;
    private static final int DIGITS = 3;

    /** The main set. */
    String main() {
        return sets.getFirst();
    }

    Optional<ArmRuns> of(Arm arm) {
        return arms.stream().filter(runs -> runs.arm().equals(arm)).findFirst();
    }

    /** What seeds make of a figure. */
    Noise noise(Function<ArmRuns, Sample> figure) {
        return Sample.noise(arms.stream().map(figure).toList());
    }

    Verdict luma(ArmRuns a, ArmRuns b, String set) {
        return noise(runs -> runs.luma(set)).compare(a.luma(set), b.luma(set));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case HIGHER -> "better";
            case LOWER -> "worse";
            case UNDECIDED -> "not decided";
        };
    }

    /** As "Set5 +0.031 dB (better), Set14 -0.004 dB (not decided)": the first against the second, Y. */
    String difference(ArmRuns a, ArmRuns b) {
        List<String> words = new ArrayList<>();
        for (String set : sets) {
            words.add(set + " " + difference(a, b, set));
        }
        return String.join(", ", words);
    }

    private String difference(ArmRuns a, ArmRuns b, String set) {
        double difference = a.luma(set).mean() - b.luma(set).mean();
        return Double.isNaN(difference)
                ? "no result"
                : String.format(Locale.ROOT, "%+.3f dB (%s)", difference, word(luma(a, b, set)));
    }

    /** What a difference of PSNR must be to count, set by set. */
    String thresholds() {
        List<String> words = new ArrayList<>();
        for (String set : sets) {
            Noise noise = noise(runs -> runs.luma(set));
            ArmRuns any = arms.getFirst();
            double least = noise.least(any.luma(set), any.luma(set));
            words.add(String.format(
                    Locale.ROOT,
                    "%s: a run scatters by %.3f dB, a difference of means counts from %.3f dB on",
                    set,
                    noise.deviation(),
                    least));
        }
        return noise(runs -> runs.luma(main())).freedom() == 0
                ? "With one seed an arm no difference is decided."
                : String.join("; ", words) + ".";
    }

    /** Every arm with its scores, Y and RGB in brackets, and the main set against a reference. */
    Table scores(ArmRuns reference) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Arm", "Rate", "Core-seconds", "ms a step"));
        sets.forEach(set -> head.add(set + ", Y (RGB)"));
        sets.forEach(set -> head.add("Against " + reference.arm().name() + ", " + set));
        rows.add(head);
        for (ArmRuns runs : arms) {
            List<String> row = new ArrayList<>(List.of(
                    runs.arm().name() + (runs.failures() > 0 ? " (" + runs.failures() + " failed)" : ""),
                    PlannedRun.number(runs.rate()),
                    runs.coreSeconds().text(1),
                    runs.stepMillis().text(2)));
            sets.forEach(set ->
                    row.add(runs.luma(set).text(DIGITS) + " (" + runs.rgb(set).text(2) + ")"));
            sets.forEach(set -> row.add(runs.is(reference) ? "" : difference(runs, reference, set)));
            rows.add(row);
        }
        return new Table(rows);
    }

    /** The rates that were tried, and what they came to. */
    static Table rates(Contest contest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Arm", "Best rate", "Tried, with the PSNR that it was judged by"));
        for (Arm arm : contest.effort().arms()) {
            List<String> tried = contest.search().tried(arm).stream()
                    .map(run -> PlannedRun.number(run.rate()) + ": "
                            + (run.failed() ? "failed" : String.format(Locale.ROOT, "%.2f", RateSearch.score(run))))
                    .toList();
            rows.add(List.of(arm.name(), PlannedRun.number(contest.search().best(arm)), String.join(", ", tried)));
        }
        return new Table(rows);
    }

    /** When arms reach what a reference has in the middle of its run. */
    Table convergence(ArmRuns reference) {
        double target = target(reference);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                String.format(Locale.ROOT, "Arm, until %.2f dB on %s", target, main()),
                "Iterations",
                "Core-seconds",
                "Seeds that reach it"));
        for (ArmRuns runs : arms) {
            Sample iterations = runs.reached(target, ITERATIONS);
            rows.add(List.of(
                    runs.arm().name(),
                    iterations.text(0),
                    runs.reached(target, CORE_SECONDS).text(1),
                    iterations.size() + " of " + runs.runs().size()));
        }
        return new Table(rows);
    }

    /** PSNR of the main set that a reference has in the middle of its run. */
    double target(ArmRuns reference) {
        List<Sample> psnr = reference.column(PSNR);
        return psnr.isEmpty() ? Double.NaN : psnr.get((psnr.size() - 1) / 2).mean();
    }

    /** Whether an arm reaches a reference's middle earlier, in iterations or core-seconds: LOWER is earlier. */
    Verdict speed(ArmRuns arm, ArmRuns reference, boolean coreSeconds) {
        int column = coreSeconds ? CORE_SECONDS : ITERATIONS;
        double target = target(reference);
        Noise noise = noise(runs -> runs.reached(target, column));
        return noise.compare(arm.reached(target, column), reference.reached(target, column));
    }

    /** As "2400 ± 100 against 3000 ± 50". */
    String speedFigures(ArmRuns arm, ArmRuns reference, boolean coreSeconds) {
        int column = coreSeconds ? CORE_SECONDS : ITERATIONS;
        double target = target(reference);
        int digits = coreSeconds ? 1 : 0;
        return arm.reached(target, column).text(digits) + " against "
                + reference.reached(target, column).text(digits);
    }

    /** Curves of the main set from a quarter of the run on, with the spread over the seeds. */
    List<Part> curves(String name, List<ArmRuns> shown) {
        List<Part> parts = new ArrayList<>();
        for (int at : List.of(ITERATIONS, CORE_SECONDS)) {
            List<Curve> curves = new ArrayList<>();
            for (ArmRuns runs : shown) {
                List<Sample> where = runs.column(at);
                List<Sample> psnr = runs.column(PSNR);
                List<Curve.Point> points = new ArrayList<>();
                for (int i = psnr.size() / 4; i < psnr.size(); i++) {
                    double spread = psnr.get(i).size() < 2 ? 0 : psnr.get(i).deviation();
                    points.add(new Curve.Point(where.get(i).mean(), psnr.get(i).mean(), spread));
                }
                curves.add(new Curve(runs.arm().name(), points, false));
            }
            String axis = at == ITERATIONS ? "iterations" : "core-seconds";
            CurveChart chart = new CurveChart(name + ": PSNR of Y on " + main() + " over " + axis, curves, false, axis);
            if (!chart.isEmpty()) {
                parts.add(Plot.of(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-" + axis, chart));
            }
        }
        return parts;
    }
}
