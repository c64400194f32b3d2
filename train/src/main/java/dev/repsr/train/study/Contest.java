package dev.repsr.train.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All arms of one size against each other, each at its own best rate.
 *
 * @param effort with the arms that can be trained here
 * @param search how the rates were found
 * @param own runs at the own rate, in the order of the arms
 * @param remarks sentences on arms that no engine that is here trains, and on rates that were too high after all
 */
record Contest(Effort effort, RateSearch search, List<ArmRuns> own, List<String> remarks) {
    static final String OWN = "own rate";
    static final String COMMON = "common rate";

    /** A run that ends so many dB below the short one that chose its rate has collapsed. */
    private static final double COLLAPSE = 0.1;

    private static final int MOST_HALVINGS = 3;

    /** Finds the rates and runs all arms with all seeds. */
    static Contest of(StudyRuns runs, Effort wanted) throws IOException, InterruptedException, StudyStopped {
        List<String> remarks = new ArrayList<>();
        List<Arm> possible = new ArrayList<>();
        for (Arm arm : wanted.arms()) {
            PlannedRun probe = new PlannedRun(
                    PlannedRun.SEARCH,
                    wanted.size(),
                    arm,
                    runs.base().optimiser().rate(),
                    wanted.search(),
                    1,
                    1);
            runs.refusal(probe)
                    .ifPresentOrElse(
                            why -> remarks.add(arm.name() + " was left out: " + why + "."), () -> possible.add(arm));
        }
        Effort effort = wanted.with(possible);
        RateSearch search = RateSearch.of(runs, effort);
        Map<Arm, Double> rates = new LinkedHashMap<>();
        possible.forEach(arm -> rates.put(arm, search.best(arm)));
        List<ArmRuns> own = run(runs, OWN, effort, rates, effort.iterations());
        for (int i = 0; i < MOST_HALVINGS; i++) {
            List<ArmRuns> collapsed = own.stream()
                    .filter(arm -> hasCollapsed(arm, search.bestScore(arm.arm())))
                    .toList();
            if (collapsed.isEmpty()) {
                break;
            }
            Map<Arm, Double> halved = new LinkedHashMap<>();
            for (ArmRuns arm : collapsed) {
                remarks.add(arm.arm().name() + " collapsed at its rate of " + PlannedRun.number(arm.rate())
                        + ", which the short runs had chosen; half of it was taken.");
                halved.put(arm.arm(), arm.rate() / 2);
            }
            own = with(own, run(runs, OWN, effort, halved, effort.iterations()));
        }
        return new Contest(effort, search, own, remarks);
    }

    /** Whether some run of an arm came to less than the short one that chose its rate. */
    static boolean hasCollapsed(ArmRuns arm, double shortRun) {
        return arm.runs().stream().anyMatch(run -> RateSearch.score(run) < shortRun - COLLAPSE);
    }

    /** The same with some arms' runs in the place of theirs. */
    private static List<ArmRuns> with(List<ArmRuns> all, List<ArmRuns> others) {
        return all.stream()
                .map(arm -> others.stream().filter(arm::is).findFirst().orElse(arm))
                .toList();
    }

    /** All arms once more at the configuration's rate. */
    List<ArmRuns> atOneRate(StudyRuns runs) throws IOException, InterruptedException, StudyStopped {
        Map<Arm, Double> rates = new LinkedHashMap<>();
        effort.arms().forEach(arm -> rates.put(arm, runs.base().optimiser().rate()));
        return run(runs, COMMON, effort, rates, effort.iterations());
    }

    /** Runs arms at these rates with all seeds. */
    static List<ArmRuns> run(StudyRuns runs, String stage, Effort effort, Map<Arm, Double> rates, long iterations)
            throws IOException, InterruptedException, StudyStopped {
        Map<Arm, Long> lengths = new LinkedHashMap<>();
        rates.keySet().forEach(arm -> lengths.put(arm, iterations));
        return run(runs, stage, effort, rates, lengths);
    }

    /** The same where each arm has its own number of iterations. */
    static List<ArmRuns> run(
            StudyRuns runs, String stage, Effort effort, Map<Arm, Double> rates, Map<Arm, Long> lengths)
            throws IOException, InterruptedException, StudyStopped {
        List<PlannedRun> planned = new ArrayList<>();
        // Seed by seed, so that what an interrupted study has is about all arms.
        for (int seed = 0; seed < effort.seeds(); seed++) {
            for (Map.Entry<Arm, Double> rate : rates.entrySet()) {
                planned.add(new PlannedRun(
                        stage,
                        effort.size(),
                        rate.getKey(),
                        rate.getValue(),
                        lengths.getOrDefault(rate.getKey(), effort.iterations()),
                        runs.base().seed() + seed,
                        effort.measurements()));
            }
        }
        List<RunRecord> records = runs.all(planned);
        List<ArmRuns> results = new ArrayList<>();
        for (Map.Entry<Arm, Double> rate : rates.entrySet()) {
            List<RunRecord> own = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                if (planned.get(i).arm().equals(rate.getKey())) {
                    own.add(records.get(i));
                }
            }
            results.add(new ArmRuns(rate.getKey(), rate.getValue(), own));
        }
        return results;
    }
}
