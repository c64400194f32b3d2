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
 * @param refused arms that no engine that is here trains, with the reason
 */
record Contest(Effort effort, RateSearch search, List<ArmRuns> own, Map<Arm, String> refused) {
    static final String OWN = "own rate";
    static final String COMMON = "common rate";

    /** Finds the rates and runs all arms with all seeds. */
    static Contest of(StudyRuns runs, Effort wanted) throws IOException, InterruptedException, StudyStopped {
        Map<Arm, String> refused = new LinkedHashMap<>();
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
            runs.refusal(probe).ifPresentOrElse(why -> refused.put(arm, why), () -> possible.add(arm));
        }
        Effort effort = wanted.with(possible);
        RateSearch search = RateSearch.of(runs, effort);
        Map<Arm, Double> rates = new LinkedHashMap<>();
        possible.forEach(arm -> rates.put(arm, search.best(arm)));
        return new Contest(effort, search, run(runs, OWN, effort, rates, effort.iterations()), refused);
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
