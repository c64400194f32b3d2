package dev.repsr.train.study;

import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Heading;
import dev.repsr.train.report.Document.Part;
import dev.repsr.train.report.Document.Points;
import dev.repsr.train.report.Document.Table;
import dev.repsr.train.report.Document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says what the runs of {@link BnStudy} show. */
final class BnReport {
    private final Map<String, List<String>> pictures;
    private final List<String> sets;
    private final List<Contest> contests;
    private final List<ArmRuns> common;

    /** @param common runs of the first contest's arms at one rate */
    BnReport(StudyRuns runs, List<Contest> contests, List<ArmRuns> common) {
        pictures = runs.store().head().pictures();
        sets = runs.store().reported();
        this.contests = contests;
        this.common = common;
    }

    Document document(List<Part> how) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading("Answers"));
        for (Contest contest : contests) {
            parts.add(new Text(contest.effort().size().name() + ", each arm at its own best rate. "
                    + judge(contest).thresholds()));
            parts.add(new Points(new BnAnswers(judge(contest)).sentences()));
        }
        parts.add(new Heading("What the paper claims"));
        parts.add(new Text(
                "The paper's own figures were not available here; its claims are judged by these runs alone."));
        parts.add(new Table(new BnAnswers(judge(contests.getFirst())).claims()));
        for (Contest contest : contests) {
            parts.addAll(sections(contest));
        }
        if (!common.isEmpty()) {
            Judge naive = new Judge(sets, common);
            parts.add(new Heading("At one common rate, the naive comparison"));
            parts.add(
                    new Text("The same arms at the configuration's rate, whatever suits them. " + naive.thresholds()));
            naive.of(BnStudy.NEVER).ifPresent(never -> parts.add(naive.scores(never)));
            parts.addAll(naive.curves("common rate", shown(naive)));
        }
        parts.addAll(how);
        return new Document("Batch normalisation in RepSR's block", parts);
    }

    private Judge judge(Contest contest) {
        return new Judge(sets, contest.own());
    }

    private List<Part> sections(Contest contest) {
        String size = contest.effort().size().name();
        Judge judge = judge(contest);
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading(size + " at own rates"));
        Optional<ArmRuns> never = judge.of(BnStudy.NEVER);
        never.ifPresent(reference -> {
            parts.add(judge.scores(reference));
            parts.addAll(judge.curves(size, shown(judge)));
            parts.add(judge.convergence(reference));
            parts.add(new Heading(size + ": stability and worst pictures"));
            parts.add(stability(judge, reference));
            parts.add(new Heading(size + ": a picture's own statistics"));
            parts.add(new Text(
                    "PSNR of Y of the first seed's network with the population's statistics, merged, and with each picture"
                            + " normalised by its own; mean of a set, and the picture that differs most. Where own statistics are better, the"
                            + " population does not stand for the pictures. The largest difference between any merged network and its branches is "
                            + String.format(Locale.ROOT, "%.1e.", receipt(judge))));
            parts.add(ownStatistics(judge));
        });
        contest.remarks().forEach(sentence -> parts.add(new Text(sentence)));
        parts.add(new Heading(size + ": rates"));
        parts.add(Judge.rates(contest));
        return parts;
    }

    private static double receipt(Judge judge) {
        return judge.arms().stream()
                .flatMap(runs -> runs.runs().stream())
                .mapToDouble(RunRecord::receipt)
                .max()
                .orElse(0);
    }

    /** Not normalised, normalised to the end, and frozen as the program does it. */
    private static List<ArmRuns> shown(Judge judge) {
        return judge.arms().stream()
                .filter(runs -> !runs.arm().name().contains(","))
                .toList();
    }

    private Table stability(Judge judge, ArmRuns never) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Arm",
                "Largest fall of " + judge.main() + " between measurements, dB",
                "Largest fall of a picture, dB",
                "Which",
                "Worst picture against " + never.arm().name() + ", dB"));
        for (ArmRuns runs : judge.arms()) {
            rows.add(List.of(
                    runs.arm().name(),
                    runs.setFall().text(3),
                    runs.pictureFall().text(3),
                    runs.fallenPicture(),
                    runs.is(never) ? "" : worst(runs, never)));
        }
        return new Table(rows);
    }

    /** The picture that loses most against another arm, means over the seeds. */
    private String worst(ArmRuns runs, ArmRuns never) {
        double lowest = Double.POSITIVE_INFINITY;
        String name = "none";
        for (String set : sets) {
            List<String> names = pictures.getOrDefault(set, List.of());
            for (int i = 0; i < names.size(); i++) {
                double difference = picture(runs, set, i) - picture(never, set, i);
                if (difference < lowest) {
                    lowest = difference;
                    name = set + " " + names.get(i);
                }
            }
        }
        return Double.isInfinite(lowest) ? name : String.format(Locale.ROOT, "%s %+.3f", name, lowest);
    }

    private static double picture(ArmRuns runs, String set, int index) {
        return runs.runs().stream()
                .filter(run -> !run.failed())
                .mapToDouble(run -> run.score(set).each().get(index))
                .average()
                .orElse(Double.NaN);
    }

    private Table ownStatistics(Judge judge) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Arm", "Set", "Population", "Own", "Differs most, own minus population"));
        for (ArmRuns runs : judge.arms()) {
            for (RunRecord run : runs.runs()) {
                for (String set : sets) {
                    List<Double> own = run.own().getOrDefault(set, List.of());
                    if (!own.isEmpty()) {
                        rows.add(ownRow(runs.arm().name(), set, run.score(set), own));
                    }
                }
            }
        }
        return new Table(rows);
    }

    private List<String> ownRow(String arm, String set, RunRecord.Score population, List<Double> own) {
        int most = 0;
        for (int i = 1; i < own.size(); i++) {
            double here = Math.abs(own.get(i) - population.each().get(i));
            most = here > Math.abs(own.get(most) - population.each().get(most)) ? i : most;
        }
        return List.of(
                arm,
                set,
                String.format(Locale.ROOT, "%.3f", population.y()),
                String.format(Locale.ROOT, "%.3f", new Sample(own).mean()),
                String.format(
                        Locale.ROOT,
                        "%s %+.3f",
                        pictures.getOrDefault(set, List.of()).get(most),
                        own.get(most) - population.each().get(most)));
    }
}
