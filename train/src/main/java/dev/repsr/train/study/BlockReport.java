package dev.repsr.train.study;

import dev.repsr.train.report.Document;
import dev.repsr.train.report.Document.Heading;
import dev.repsr.train.report.Document.Part;
import dev.repsr.train.report.Document.Points;
import dev.repsr.train.report.Document.Table;
import dev.repsr.train.report.Document.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says what the runs of {@link BlockStudy} show. */
final class BlockReport {
    private static final Set<Arm> SHOWN = Set.of(
            BlockStudy.PLAIN,
            BlockStudy.IDENTITY,
            BlockStudy.REPSR,
            BlockStudy.REPSR_BN,
            BlockStudy.ECB_PUBLISHED,
            BlockStudy.ECB,
            BlockStudy.CONV3XC);

    private final StudyRuns runs;
    private final List<String> sets;
    private final List<Contest> contests;
    private final List<ArmRuns> equal;
    private final List<BlockRace> races;
    private final Map<Arm, List<RunRecord>> costs;

    /**
     * A report.
     *
     * @param equal the first contest's arms at equal core-seconds
     * @param costs for each arm a run of libtorch, merged, and one branch by branch
     */
    BlockReport(
            StudyRuns runs,
            List<Contest> contests,
            List<ArmRuns> equal,
            List<BlockRace> races,
            Map<Arm, List<RunRecord>> costs) {
        this.runs = runs;
        sets = runs.store().reported();
        this.contests = contests;
        this.equal = equal;
        this.races = races;
        this.costs = costs;
    }

    Document document(List<Part> how) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading("Answers"));
        for (Contest contest : contests) {
            Judge judge = new Judge(sets, contest.own());
            parts.add(new Text(contest.effort().size().name() + ", equal iterations, each arm at its own best rate. "
                    + judge.thresholds()));
            parts.add(new Points(new BlockAnswers(judge).sentences()));
        }
        Judge timed = new Judge(sets, equal);
        BlockAnswers answers = new BlockAnswers(timed);
        parts.add(new Text(contests.getFirst().effort().size().name() + ", equal core-seconds. " + timed.thresholds()));
        parts.add(new Points(answers.sentences()));
        parts.add(new Heading("What the paper claims"));
        parts.add(new Text(
                "The paper's own figures were not available here; its claims are judged by these runs alone."));
        parts.add(new Table(claims()));
        for (Contest contest : contests) {
            parts.addAll(sections(contest));
        }
        parts.add(new Heading(contests.getFirst().effort().size().name() + " at equal core-seconds"));
        timed.of(BlockStudy.PLAIN).ifPresent(plain -> parts.add(timed.scores(plain)));
        parts.add(new Heading("Cost of a step"));
        parts.addAll(costs());
        parts.addAll(how);
        return new Document("Blocks that become the same network", parts);
    }

    private List<List<String>> claims() {
        Judge judge = new Judge(sets, contests.getFirst().own());
        List<List<String>> rows = new ArrayList<>(new BlockAnswers(judge).claims());
        for (BlockRace race : races) {
            List<ArmRuns> all = new ArrayList<>(race.ecb());
            all.addAll(race.half());
            Judge both = new Judge(sets, all);
            for (ArmRuns repsr : race.half()) {
                for (ArmRuns ecb : race.ecb()) {
                    rows.add(BlockAnswers.claim(
                            "In half of the core-seconds of ECBSR's " + race.iterations() + " iterations "
                                    + repsr.arm().name() + " is better",
                            both,
                            repsr,
                            ecb));
                }
            }
        }
        return rows;
    }

    private List<Part> sections(Contest contest) {
        String size = contest.effort().size().name();
        Judge judge = new Judge(sets, contest.own());
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading(size + " at equal iterations"));
        judge.of(BlockStudy.PLAIN).ifPresent(plain -> {
            parts.add(judge.scores(plain));
            parts.addAll(judge.curves(
                    size,
                    judge.arms().stream()
                            .filter(arm -> SHOWN.contains(arm.arm()))
                            .toList()));
            parts.add(judge.convergence(plain));
        });
        contest.remarks().forEach(sentence -> parts.add(new Text(sentence)));
        parts.add(new Heading(size + ": rates"));
        parts.add(Judge.rates(contest));
        return parts;
    }

    private List<Part> costs() throws IOException {
        List<Part> parts = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "Arm",
                "Trained parameters",
                "Merged parameters",
                "Receipt",
                "ms",
                "libtorch merged, ms",
                "branches, ms"));
        Contest contest = contests.getFirst();
        for (ArmRuns arm : contest.own()) {
            List<RunRecord> torch = costs.getOrDefault(arm.arm(), List.of());
            rows.add(List.of(
                    arm.arm().name(),
                    Long.toString(runs.trainedParameters(contest.effort().size(), arm.arm())),
                    arm.any().map(run -> Long.toString(run.parameters())).orElse(""),
                    arm.any()
                            .map(run -> String.format(Locale.ROOT, "%.1e", run.receipt()))
                            .orElse(""),
                    arm.stepMillis().text(2),
                    torch.isEmpty()
                            ? ""
                            : String.format(
                                    Locale.ROOT, "%.2f", torch.getFirst().stepMillis()),
                    torch.isEmpty()
                            ? ""
                            : String.format(Locale.ROOT, "%.2f", torch.getLast().stepMillis())));
        }
        parts.add(new Table(rows));
        if (costs.isEmpty()) {
            parts.add(
                    new Text("libtorch is not installed, so the cost of computing branch by branch was not measured."));
        }
        return parts;
    }
}
