package dev.repsr.train.study;

import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.report.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks that all become the same network: at equal iterations, at equal core-seconds, and with Muon in place of the configuration's
 * optimiser. Where a block is normalised, statistics are frozen after the configuration's share of the run. No arm has a moving average of
 * the weights.
 */
final class BlockStudy implements Study {
    static final Arm PLAIN = Arm.of("plain", "network.block=plain");
    static final Arm IDENTITY = Arm.of("identity", "network.block=identity");
    static final Arm REPSR = Arm.of("repsr", "network.block=repsr", "bn.mode=never");
    static final Arm REPSR_BN = Arm.of("repsr bn", "network.block=repsr", "bn.mode=frozen");
    static final Arm ECB_PUBLISHED =
            Arm.of("ecb published", "network.block=ecb", "network.ends=true", "network.residual=false");
    static final Arm ECB = Arm.of("ecb", "network.block=ecb", "network.residual=false");
    static final Arm ECB_RESIDUAL = Arm.of("ecb residual", "network.block=ecb", "network.residual=true");
    static final Arm CONV3XC = Arm.of("conv3xc", "network.block=conv3xc");

    /** Blocks of classification networks, with normalisation and without. */
    private static final List<String> NORMALISED = List.of("repvgg", "acb", "dbb");

    /** What is changed in RepSR's block: a name and a setting. */
    static final Map<String, String> CHANGES = changes();

    /** Arms that are run with Muon, too. */
    static final List<Arm> OPTIMISED = List.of(PLAIN, REPSR, REPSR_BN, ECB_PUBLISHED);

    /** A run that is only timed. */
    static final String COST = "cost";

    /** RepSR's runs that are to reach what ECBSR's reach, in half of the time. */
    static final String RACE = "half the time";

    private static final long COST_STEPS = 100;
    /** Iterations of ECBSR's runs in them, in the default form. */
    private static final List<Long> RACES = List.of(5_000L, 20_000L);

    private static final int RACE_SEEDS = 2;
    private static final double STEP = 50;

    private static Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("1 path", "network.paths=1");
        changes.put("3 paths", "network.paths=3");
        changes.put("expand 1", "network.expand=1");
        changes.put("expand 4", "network.expand=4");
        changes.put("sequence 1-3", "network.sequence=1-3");
        changes.put("sequence 1-3-1", "network.sequence=1-3-1");
        changes.put("sequence 3", "network.sequence=3");
        changes.put("no residual", "network.residual=false");
        return changes;
    }

    /** An arm with one more setting. */
    private static Arm with(Arm arm, String name, String... settings) {
        List<String> all = new ArrayList<>(arm.settings());
        all.addAll(List.of(settings));
        return new Arm(arm.name() + ", " + name, all);
    }

    static Arm changed(Arm arm, String change) {
        return with(arm, change, CHANGES.getOrDefault(change, ""));
    }

    static Arm muon(Arm arm) {
        return with(arm, "muon", "optimiser.algorithm=muon");
    }

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public List<Effort> efforts(TrainConfig base, boolean quick) {
        int scale = base.scale();
        if (quick) {
            Size size = new Size(base.network().body(), base.network().channels(), scale);
            List<Arm> few = List.of(PLAIN, REPSR, REPSR_BN, ECB_PUBLISHED, changed(REPSR, "1 path"), muon(PLAIN));
            return List.of(new Effort(size, few, 40, List.of(1.0, 2.0), 100, 2, 4));
        }
        List<Double> factors = List.of(0.5, 1.0, 2.0, 4.0);
        List<Arm> few = new ArrayList<>(List.of(PLAIN, IDENTITY, REPSR, REPSR_BN, ECB_PUBLISHED));
        List<Effort> efforts = new ArrayList<>();
        efforts.add(new Effort(new Size(4, 16, scale), all(), 600, factors, 2000, 3, 10));
        if (scale != 4) {
            efforts.add(new Effort(new Size(4, 16, 4), few, 600, factors, 2000, 2, 8));
        }
        few.add(muon(PLAIN));
        few.add(muon(REPSR));
        efforts.add(new Effort(new Size(10, 32, scale), few, 300, factors, 1000, 2, 8));
        return efforts;
    }

    private static List<Arm> all() {
        List<Arm> all =
                new ArrayList<>(List.of(PLAIN, IDENTITY, REPSR, REPSR_BN, ECB_PUBLISHED, ECB, ECB_RESIDUAL, CONV3XC));
        for (String block : NORMALISED) {
            all.add(Arm.of(block, "network.block=" + block, "bn.mode=never"));
            all.add(Arm.of(block + " bn", "network.block=" + block, "bn.mode=frozen"));
        }
        for (String change : CHANGES.keySet()) {
            all.add(changed(REPSR, change));
            all.add(changed(REPSR_BN, change));
        }
        OPTIMISED.forEach(arm -> all.add(muon(arm)));
        return all;
    }

    /** The first size is run at equal core-seconds, too, of which about half are other runs than those of equal iterations. */
    @Override
    public double work(List<Effort> efforts) {
        return efforts.getFirst().work(1)
                + efforts.stream().mapToDouble(effort -> effort.work(1)).sum();
    }

    @Override
    public Document conduct(StudyRuns runs, List<Effort> efforts, List<Document.Part> how)
            throws IOException, InterruptedException, StudyStopped {
        List<Contest> contests = new ArrayList<>();
        for (Effort effort : efforts) {
            contests.add(Contest.of(runs, effort));
        }
        Contest main = contests.getFirst();
        List<ArmRuns> equal = atEqualCoreSeconds(runs, main);
        Effort effort = main.effort();
        List<BlockRace> races = new ArrayList<>();
        for (long length : effort.arms().contains(ECB) ? RACES : List.of(effort.iterations())) {
            races.add(race(
                    runs,
                    main,
                    effort.withSeeds(Math.min(RACE_SEEDS, effort.seeds())).lasting(length)));
        }
        return new BlockReport(runs, contests, equal, races, costs(runs, main)).document(how);
    }

    /** Every arm with as many iterations as fit into the core-seconds that plain convolutions take. */
    private static List<ArmRuns> atEqualCoreSeconds(StudyRuns runs, Contest contest)
            throws IOException, InterruptedException, StudyStopped {
        Judge judge = new Judge(List.of("none"), contest.own());
        double seconds =
                judge.of(PLAIN).map(plain -> plain.coreSeconds().mean()).orElse(Double.NaN);
        Map<Arm, Double> rates = new LinkedHashMap<>();
        Map<Arm, Long> lengths = new LinkedHashMap<>();
        for (ArmRuns arm : contest.own()) {
            double share = seconds / arm.coreSeconds().mean();
            if (Double.isFinite(share)) {
                rates.put(arm.arm(), arm.rate());
                lengths.put(
                        arm.arm(),
                        rounded(
                                contest.effort().iterations() * share,
                                contest.effort().iterations()));
            }
        }
        return Contest.run(runs, "equal core-seconds", contest.effort(), rates, lengths);
    }

    /** To fiftieths of a run, so that what costs the same is the same run. */
    private static long rounded(double iterations, long whole) {
        double unit = Math.max(1, whole / STEP);
        return Math.max(1, Math.round(Math.round(iterations / unit) * unit));
    }

    /** RepSR's blocks in half of the core-seconds that ECBSR takes. */
    private static BlockRace race(StudyRuns runs, Contest contest, Effort effort)
            throws IOException, InterruptedException, StudyStopped {
        Judge judge = new Judge(List.of("none"), contest.own());
        Map<Arm, Double> first = new LinkedHashMap<>();
        judge.of(ECB_PUBLISHED).ifPresent(ecb -> first.put(ecb.arm(), ecb.rate()));
        List<ArmRuns> ecb = Contest.run(runs, Contest.OWN, effort, first, effort.iterations());
        Map<Arm, Double> rates = new LinkedHashMap<>();
        Map<Arm, Long> lengths = new LinkedHashMap<>();
        for (Arm arm : List.of(REPSR, REPSR_BN)) {
            judge.of(arm)
                    .ifPresent(repsr -> judge.of(ECB_PUBLISHED).ifPresent(published -> {
                        double share = published.stepMillis().mean()
                                / repsr.stepMillis().mean()
                                / 2;
                        if (Double.isFinite(share)) {
                            rates.put(arm, repsr.rate());
                            lengths.put(arm, rounded(effort.iterations() * share, effort.iterations()));
                        }
                    }));
        }
        return new BlockRace(effort.iterations(), ecb, Contest.run(runs, RACE, effort, rates, lengths));
    }

    /** What a step of libtorch costs, merged and branch by branch; nothing where it is not installed. */
    private static Map<Arm, List<RunRecord>> costs(StudyRuns runs, Contest contest)
            throws IOException, InterruptedException, StudyStopped {
        Map<Arm, List<RunRecord>> costs = new LinkedHashMap<>();
        for (Arm arm : contest.effort().arms()) {
            if (!arm.name().endsWith("muon")) {
                List<PlannedRun> both = List.of(
                        cost(runs, contest, with(arm, "libtorch", "engine=torch", "bn.form=merged")),
                        cost(runs, contest, with(arm, "libtorch branches", "engine=torch", "bn.form=branches")));
                if (runs.refusal(both.getFirst()).isEmpty()
                        && runs.refusal(both.getLast()).isEmpty()) {
                    costs.put(arm, runs.all(both));
                }
            }
        }
        return costs;
    }

    private static PlannedRun cost(StudyRuns runs, Contest contest, Arm arm) {
        double rate = runs.base().optimiser().rate();
        long steps = Math.min(COST_STEPS, contest.effort().search());
        return new PlannedRun(
                COST, contest.effort().size(), arm, rate, steps, runs.base().seed(), 1);
    }
}
