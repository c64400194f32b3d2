package dev.repsr.train.study;

import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.report.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What batch normalisation does to RepSR's block: without it, with the statistics of each batch to the end, and with statistics that are
 * frozen after a share of the run, re-estimated or running, folded into the weights or not. No arm has a moving average of the weights,
 * since there is none while batches normalise.
 */
final class BnStudy implements Study {
    static final Arm NEVER = arm("never", "bn.mode=never");
    static final Arm BATCH = arm("batch", "bn.mode=batch");

    /** Percent of a run. */
    static final List<Integer> SHARES = List.of(10, 30, 50, 90);

    /** What stands for the end, as statistics have to be frozen for being estimated anew. */
    static final int LATEST = 99;

    private static final int QUICK_SHARE = 50;

    private static Arm arm(String name, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("network.block=repsr");
        return Arm.of(name, all.toArray(String[]::new));
    }

    /**
     * An arm that freezes.
     *
     * @param percent of the run with the statistics of batches
     * @param running whether the running statistics are kept, rather than estimated anew
     * @param folded whether they are folded into the weights
     */
    static Arm frozen(int percent, boolean running, boolean folded) {
        List<String> settings = new ArrayList<>(List.of("bn.mode=frozen", "bn.batch_share=" + percent / 100.0));
        if (running) {
            settings.add("bn.reestimate_batches=0");
        }
        if (!folded) {
            settings.add("bn.fold=false");
        }
        String name = "frozen " + percent + " %" + (running ? ", running" : "") + (folded ? "" : ", unfolded");
        return arm(name, settings.toArray(String[]::new));
    }

    @Override
    public String name() {
        return "bn";
    }

    @Override
    public List<Effort> efforts(TrainConfig base, boolean quick) {
        int scale = base.scale();
        if (quick) {
            List<Arm> few = List.of(
                    NEVER,
                    BATCH,
                    frozen(QUICK_SHARE, false, true),
                    frozen(QUICK_SHARE, true, true),
                    frozen(QUICK_SHARE, false, false));
            Size size = new Size(base.network().body(), base.network().channels(), scale);
            return List.of(new Effort(size, few, 40, List.of(1.0, 2.0), 120, 2, 4));
        }
        List<Arm> all = new ArrayList<>(List.of(NEVER, BATCH));
        for (int share : SHARES) {
            for (boolean folded : List.of(true, false)) {
                all.add(frozen(share, false, folded));
                all.add(frozen(share, true, folded));
            }
        }
        all.add(frozen(LATEST, false, true));
        List<Arm> some =
                List.of(NEVER, BATCH, frozen(10, false, true), frozen(50, false, true), frozen(90, false, true));
        List<Arm> three = List.of(NEVER, BATCH, frozen(50, false, true));
        List<Double> factors = List.of(0.5, 1.0, 2.0, 4.0);
        return List.of(
                new Effort(new Size(4, 16, scale), all, 1000, factors, 2000, 3, 10),
                new Effort(new Size(10, 32, scale), some, 300, factors, 1500, 2, 10),
                new Effort(new Size(16, 64, scale), three, 100, List.of(0.25, 0.5, 1.0, 2.0), 400, 2, 5));
    }

    /** The first size is run at one common rate, too. */
    @Override
    public double work(List<Effort> efforts) {
        return efforts.getFirst().work(2)
                + efforts.stream().skip(1).mapToDouble(effort -> effort.work(1)).sum();
    }

    @Override
    public Document conduct(StudyRuns runs, List<Effort> efforts, List<Document.Part> how)
            throws IOException, InterruptedException, StudyStopped {
        Map<Effort, Contest> contests = new LinkedHashMap<>();
        List<ArmRuns> common = List.of();
        for (Effort effort : efforts) {
            Contest contest = Contest.of(runs, effort);
            contests.put(effort, contest);
            if (contests.size() == 1) {
                common = contest.atOneRate(runs);
            }
        }
        return new BnReport(runs, List.copyOf(contests.values()), common).document(how);
    }
}
