package dev.repsr.train.study;

import dev.repsr.train.RunPictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the best learning rate of each arm by the same rule: short runs at rates a factor of 2 apart; where the best is the lowest or
 * the highest, the search goes on there, a few times at most. What is compared is the mean PSNR of Y of the pictures kept apart from the
 * training set, and only without such that of all measured sets.
 */
final class RateSearch {
    private static final int MOST_STEPS = 3;

    private final StudyRuns runs;
    private final Effort effort;

    /** What was tried for each arm, by rate. */
    private final Map<Arm, NavigableMap<Double, RunRecord>> tried = new LinkedHashMap<>();

    private RateSearch(StudyRuns runs, Effort effort) {
        this.runs = runs;
        this.effort = effort;
    }

    /** Searches for all arms of an effort. */
    static RateSearch of(StudyRuns runs, Effort effort) throws IOException, InterruptedException, StudyStopped {
        RateSearch search = new RateSearch(runs, effort);
        double base = runs.base().optimiser().rate();
        Map<Arm, List<Double>> next = new LinkedHashMap<>();
        effort.arms()
                .forEach(arm -> next.put(
                        arm,
                        effort.factors().stream().map(factor -> base * factor).toList()));
        for (int round = 0; round <= MOST_STEPS && !next.isEmpty(); round++) {
            search.run(next);
            next.clear();
            for (Arm arm : effort.arms()) {
                search.beyond(arm).forEach(rate -> next.put(arm, List.of(rate)));
            }
        }
        return search;
    }

    private void run(Map<Arm, List<Double>> rates) throws IOException, InterruptedException, StudyStopped {
        List<PlannedRun> planned = new ArrayList<>();
        rates.forEach((arm, all) -> all.forEach(rate -> planned.add(new PlannedRun(
                PlannedRun.SEARCH,
                effort.size(),
                arm,
                rate,
                effort.search(),
                runs.base().seed(),
                1))));
        List<RunRecord> records = runs.all(planned);
        for (int i = 0; i < records.size(); i++) {
            PlannedRun run = planned.get(i);
            tried.computeIfAbsent(run.arm(), arm -> new TreeMap<>()).put(run.rate(), records.get(i));
        }
    }

    /** The rate beyond the best one, if that lies at an edge. */
    private List<Double> beyond(Arm arm) {
        NavigableMap<Double, RunRecord> known = known(arm);
        double best = best(arm);
        if (best == known.firstKey() || known.values().stream().allMatch(RunRecord::failed)) {
            return List.of(known.firstKey() / 2);
        }
        return best == known.lastKey() ? List.of(best * 2) : List.of();
    }

    private NavigableMap<Double, RunRecord> known(Arm arm) {
        return tried.getOrDefault(arm, new TreeMap<>());
    }

    /** What was tried for an arm, lowest rate first. */
    List<RunRecord> tried(Arm arm) {
        return List.copyOf(known(arm).values());
    }

    /** The rate of the highest score; the lower one of equals. */
    double best(Arm arm) {
        return known(arm).entrySet().stream()
                .max(Comparator.comparingDouble((Map.Entry<Double, RunRecord> entry) -> score(entry.getValue()))
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    /** What the run at the best rate came to, as {@link #score} says. */
    double bestScore(Arm arm) {
        return known(arm).values().stream().mapToDouble(RateSearch::score).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** What a rate is judged by: PSNR of Y in dB, or minus infinity for a run that came to nothing. */
    static double score(RunRecord run) {
        if (run.failed()) {
            return Double.NEGATIVE_INFINITY;
        }
        RunRecord.Score heldOut = run.sets().get(RunPictures.HELD_OUT);
        return heldOut != null
                ? heldOut.y()
                : run.sets().values().stream()
                        .mapToDouble(RunRecord.Score::y)
                        .average()
                        .orElse(Double.NEGATIVE_INFINITY);
    }

    /** Whether some of the pictures that results are reported on choose the rates. */
    static boolean judgesByHeldOut(List<String> sets) {
        return sets.contains(RunPictures.HELD_OUT);
    }
}
