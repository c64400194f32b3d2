package dev.repsr.train;

import dev.repsr.merge.Receipt;
import dev.repsr.metric.SetScore;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.report.Curve;
import dev.repsr.train.report.CurveChart;
import dev.repsr.train.report.RunPage;
import dev.repsr.train.report.ThisMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Makes the page on a run of what is known of it.
 *
 * @param rows of the log so far, those before an interruption among them
 * @param newest measurement
 */
record RunReport(TrainConfig config, List<TrainLog.Row> rows, Validation.Outcome newest) {

    /** While it runs. */
    RunPage page(String state) {
        return page(state, new LinkedHashMap<>());
    }

    /** At the end, with what speaks against the result and the proof of the merge. */
    RunPage page(TrainResult result, List<Judgement> judgements) {
        Receipt receipt = result.receipt();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Model", String.valueOf(result.model().getFileName()));
        facts.put("Patches compared", Integer.toString(receipt.patches()));
        facts.put("Largest difference, merged to branches", exponent(receipt.maxDifference()));
        facts.put("Mean difference", exponent(receipt.meanDifference()));
        facts.put("Largest difference, engines", exponent(receipt.engineDifference()));
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        if (!judgements.isEmpty()) {
            Map<String, String> warnings = new LinkedHashMap<>();
            judgements.forEach(
                    judgement -> warnings.put("The network is " + judgement.verdict(), judgement.evidence()));
            sections.put("Warnings", warnings);
        }
        sections.put("Receipt of the merge", facts);
        String state = String.format(
                Locale.ROOT,
                "Finished: %d iterations; this process took %.0f seconds.",
                result.iterations(),
                result.seconds());
        return page(state, sections);
    }

    private static String exponent(double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }

    private RunPage page(String state, Map<String, Map<String, String>> sections) {
        Map<String, String> machine = ThisMachine.facts();
        machine.put("Threads", Integer.toString(config.threads()));
        machine.put("Configuration", config.configHash());
        sections.put("Machine", machine);
        return new RunPage(config.name(), state, charts(), table(), newest.crops(), sections, configuration());
    }

    private List<CurveChart> charts() {
        List<Curve> psnr = new ArrayList<>();
        for (int i = 0; i < newest.sets().size(); i++) {
            int set = i;
            SetScore score = newest.sets().get(i);
            psnr.add(curve(score.name(), row -> row.scores().get(2 * set)));
            List<Curve.Point> level = rows.stream()
                    .map(row -> new Curve.Point(row.iteration(), score.bicubicPsnrY()))
                    .toList();
            psnr.add(new Curve("bicubic", level, true));
        }
        return List.of(
                new CurveChart("PSNR of Y in dB", psnr, false),
                new CurveChart(
                        "Loss, mean since the measurement before", List.of(curve("loss", TrainLog.Row::loss)), false),
                new CurveChart("Learning rate", List.of(positive(curve("rate", TrainLog.Row::rate))), true),
                new CurveChart(
                        "Iterations per second", List.of(curve("iterations per second", TrainLog.Row::speed)), false));
    }

    private static Curve positive(Curve curve) {
        return new Curve(
                curve.name(),
                curve.points().stream().filter(point -> point.value() > 0).toList(),
                curve.level());
    }

    private Curve curve(String name, ToDoubleFunction<TrainLog.Row> value) {
        return new Curve(
                name,
                rows.stream()
                        .map(row -> new Curve.Point(row.iteration(), value.applyAsDouble(row)))
                        .filter(point -> Double.isFinite(point.value()))
                        .toList(),
                false);
    }

    private List<List<String>> table() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("Set", "Pictures", "PSNR Y", "bicubic", "SSIM Y", "bicubic", "Lowest"));
        for (SetScore set : newest.sets()) {
            table.add(List.of(
                    set.name(),
                    Integer.toString(set.images().size()),
                    String.format(Locale.ROOT, "%.2f dB", set.psnrY()),
                    String.format(Locale.ROOT, "%.2f dB", set.bicubicPsnrY()),
                    String.format(Locale.ROOT, "%.4f", set.ssimY()),
                    String.format(Locale.ROOT, "%.4f", set.bicubicSsimY()),
                    String.format(
                            Locale.ROOT,
                            "%s, %.2f dB",
                            set.worst().image(),
                            set.worst().psnrY())));
        }
        return table;
    }

    private String configuration() {
        return "name=" + config.name() + "\n" + config.canonicalText() + "data.train="
                + config.data().train() + "\n"
                + (config.data().lr().isEmpty()
                        ? ""
                        : "data.lr=" + config.data().lr() + "\n")
                + "validation.sets=" + config.validation().sets() + "\nvalidation.hold_out="
                + config.validation().holdOut() + "\n";
    }
}
