package dev.repsr.train.study;

import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Heading;
import dev.repsr.train.report.Document.Part;
import dev.repsr.train.report.Document.Plot;
import dev.repsr.train.report.Document.Points;
import dev.repsr.train.report.Document.Table;
import dev.repsr.train.report.Document.Text;
import dev.repsr.train.report.ScatterChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what {@link NetworkConduct} has measured. */
final class NetworkReport {
    private final StudyOptions options;
    private final int scale;
    private final List<String> sets;
    private final Map<String, List<NetworkRecord>> networks = new LinkedHashMap<>();
    private final List<String> refused;

    NetworkReport(
            StudyOptions options,
            int scale,
            Map<String, List<String>> pictures,
            List<NetworkRecord> records,
            List<String> refused) {
        this.options = options;
        this.scale = scale;
        this.refused = refused;
        sets = List.copyOf(pictures.keySet());
        records.forEach(record -> networks.computeIfAbsent(record.network(), name -> new ArrayList<>())
                .add(record));
    }

    private static Sample megapixels(List<NetworkRecord> rounds) {
        return new Sample(rounds.stream().map(NetworkRecord::megapixels).toList());
    }

    private double quality(List<NetworkRecord> rounds) {
        return score(rounds, sets.getFirst()).y();
    }

    private static RunRecord.Score score(List<NetworkRecord> rounds, String set) {
        RunRecord.Score score = rounds.getFirst().sets().get(set);
        if (score == null) {
            throw new IllegalStateException(rounds.getFirst().network() + " has no score of " + set);
        }
        return score;
    }

    /** Writes all files of the report. @return the page */
    Path write() throws IOException {
        Summary summary = new Summary("networks", answers(), List.copyOf(networks.values()));
        return ReportFiles.write(options.folder(), document(), csv(), summary);
    }

    private record Summary(String study, List<String> answers, List<List<NetworkRecord>> networks) {}

    private Document document() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Text("Scale " + scale
                + ", one thread of this program's engine. PSNR in dB, Y and in brackets RGB. Throughput is"
                + " megapixels a second of the picture that is enlarged, the mean of the rounds with its standard deviation; all"
                + " networks are timed in each round."));
        parts.add(new Heading("Answers"));
        parts.add(new Points(answers()));
        parts.add(new Heading("Quality against throughput"));
        List<ScatterChart.Dot> dots = new ArrayList<>();
        networks.forEach((name, rounds) -> dots.add(new ScatterChart.Dot(
                name,
                megapixels(rounds).mean(),
                quality(rounds),
                rounds.getFirst().builtIn())));
        String title = "PSNR of Y on " + sets.getFirst() + " against throughput, scale " + scale;
        parts.add(new Plot(
                "networks-x" + scale,
                title,
                new ScatterChart(title, "megapixels a second", "dB on " + sets.getFirst(), dots).toSvg()));
        parts.add(table());
        refused.forEach(sentence -> parts.add(new Text(sentence + ".")));
        parts.add(new Text(
                "Other runtimes, and networks that this program does not read (ESPCN, FSRCNN), are measured by bench/run,"
                        + " see docs/results/speed.md; ONNX Runtime is not a part of the program."));
        parts.add(new Heading("How it was made"));
        parts.add(ReportFiles.command("networks", options));
        parts.add(ReportFiles.machine());
        return new Document("Quality against throughput, scale " + scale, parts);
    }

    private Table table() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head =
                new ArrayList<>(List.of("Network", "Size", "Parameters", "Megapixels a second", "Of the peak"));
        head.addAll(sets);
        rows.add(head);
        networks.forEach((name, rounds) -> {
            NetworkRecord first = rounds.getFirst();
            List<String> row = new ArrayList<>(List.of(
                    name + (first.builtIn() ? " (built in)" : ""),
                    first.size(),
                    Long.toString(first.parameters()),
                    megapixels(rounds).text(2),
                    first.peakShare() == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * first.peakShare())));
            for (String set : sets) {
                RunRecord.Score score = score(rounds, set);
                row.add(String.format(Locale.ROOT, "%.3f (%.2f)", score.y(), score.rgb()));
            }
            rows.add(row);
        });
        return new Table(rows);
    }

    /** Which networks no other one beats in both, and who beats the others. */
    private List<String> answers() {
        Sample.Noise noise = Sample.noise(
                networks.values().stream().map(NetworkReport::megapixels).toList());
        if (noise.freedom() == 0) {
            return List.of("With one round no difference of speed is decided, so no network is said to beat another.");
        }
        List<String> sentences = new ArrayList<>();
        networks.forEach((name, rounds) -> {
            List<String> better = new ArrayList<>();
            networks.forEach((other, otherRounds) -> {
                boolean faster = noise.compare(megapixels(otherRounds), megapixels(rounds)) == Sample.Verdict.HIGHER;
                if (faster && quality(otherRounds) > quality(rounds)) {
                    better.add(other);
                }
            });
            sentences.add(name
                    + (better.isEmpty()
                            ? ": no other network is better and, as far as that is decided, faster; PSNR on "
                                    + sets.getFirst() + "."
                            : ": faster and better on " + sets.getFirst() + " is " + String.join(", ", better) + "."));
        });
        return sentences;
    }

    private String csv() {
        StringBuilder text =
                new StringBuilder("network,built_in,round,size,parameters,engine,ms,megapixels_per_s,peak_share");
        sets.forEach(set -> text.append(',')
                .append(RunTable.quoted("psnr_y " + set))
                .append(',')
                .append(RunTable.quoted("psnr_rgb " + set)));
        text.append('\n');
        for (List<NetworkRecord> rounds : networks.values()) {
            for (NetworkRecord record : rounds) {
                text.append(RunTable.quoted(record.network()));
                for (Object cell : List.of(
                        record.builtIn(),
                        record.round(),
                        record.size(),
                        record.parameters(),
                        record.engine(),
                        record.millis(),
                        record.megapixels(),
                        record.peakShare())) {
                    text.append(',').append(cell);
                }
                sets.forEach(set -> text.append(',')
                        .append(score(rounds, set).y())
                        .append(',')
                        .append(score(rounds, set).rgb()));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
